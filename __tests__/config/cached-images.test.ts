import { cachedRepository } from "../../config/cached-images";
import { parseImage } from "../../diagnosis/image-name";

const RULES = [
  { source: "docker.io/library/*", repository: "docker/*" },
  { source: "docker.io/*", repository: "hub/*" },
  { source: "docker.io/library/redis", repository: "redis" },
  { source: "mcr.microsoft.com/oss/*", repository: "oss/*" },
  { source: "ghcr.io/*", repository: "*" },
];

test.each([
  ["nginx:1.27", "docker/nginx"],
  ["docker.io/nginx", "docker/nginx"],
  ["index.docker.io/library/nginx", "docker/nginx"],
  ["redis:7", "redis"],
  ["grafana/loki:2.8.2", "hub/grafana/loki"],
  ["mcr.microsoft.com/oss/kubernetes/pause:3.6", "oss/kubernetes/pause"],
  ["mcr.microsoft.com/dotnet/runtime", undefined],
  ["mcr.microsoft.com/oss", undefined],
  ["mcr.microsoft.com/ossify/a", undefined],
  ["ghcr.io/a/b@sha256:ab", "a/b"],
  ["quay.io/a/b", undefined],
  ["acr.azurecr.io/library/nginx", undefined],
])("%s is cached in %s, whatever the order of the rules", (image, repository) => {
  expect(cachedRepository(RULES, parseImage(image))).toBe(repository);
  expect(cachedRepository(RULES.toReversed(), parseImage(image))).toBe(repository);
});

test("Docker Hub's library may be left out of a source", () => {
  const rules = [{ source: "docker.io/nginx", repository: "cache/nginx" }];
  expect(cachedRepository(rules, parseImage("nginx"))).toBe("cache/nginx");
  expect(cachedRepository(rules, parseImage("library/nginx:1"))).toBe("cache/nginx");
  expect(cachedRepository(rules, parseImage("other/nginx"))).toBeUndefined();
});
