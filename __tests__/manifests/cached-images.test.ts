import { cachedRepository } from "../../config/cached-images";
import type { ReadOptions } from "../../manifests/read-manifests";
import { deployment, plain, read, resources } from "./manifests";

const DIGEST = `sha256:${"ab".repeat(32)}`;
const RULES = [
  { source: "docker.io/library/*", repository: "docker/*" },
  { source: "mcr.microsoft.com/oss/*", repository: "oss/*" },
];
const CACHING: Partial<ReadOptions> = { cachedAt: (name) => cachedRepository(RULES, name) };
const AT = "k8s/shop.yaml:9:40 spec.template.spec.containers[0].image";
const withImage = (image: string) => deployment(`containers: [{ name: web, image: "${image}" }]`);

test.each([
  ["nginx:1.27", "docker/nginx", ":1.27"],
  ["docker.io/library/nginx", "docker/nginx", ""],
  [`nginx@${DIGEST}`, "docker/nginx", `@${DIGEST}`],
  [`nginx:1.27@${DIGEST}`, "docker/nginx", `:1.27@${DIGEST}`],
  ["mcr.microsoft.com/oss/kubernetes/pause:3.6", "oss/kubernetes/pause", ":3.6"],
])("%s is one of the registry's", (image, repository, rest) => {
  const { set, warnings } = read(withImage(image), CACHING);
  expect(set?.images).toEqual([{ kind: "other", repository, rest }]);
  expect(set?.otherImages).toEqual([]);
  expect(warnings).toEqual(
    rest.includes("@")
      ? []
      : [
          `${AT} runs by its tag, whatever is behind it when a pod starts: an image with repository: ${repository} and this tag pins it, got: "${image}"`,
        ],
  );
});

it("is pulled with our secret", () => {
  const [resource] = resources(withImage("nginx:1.27"), CACHING);
  expect(plain(resource?.arguments ?? {})).toMatchObject({
    spec: { template: { spec: { image_pull_secrets: [{ pullSecret: true }] } } },
  });
});

it("is the file's image in the same version, and no other of its repository", () => {
  const images = {
    proxy: { repository: "docker/nginx", tag: "1.28.0" },
    fixed: { repository: "docker/nginx", prebuilt: DIGEST, tag: "1.29.0" },
  };
  const found = (image: string) => read(withImage(image), { ...CACHING, images }).set?.images;
  expect(found("nginx:1.28.0")).toEqual([{ kind: "known", key: "proxy" }]);
  expect(found(`nginx@${DIGEST}`)).toEqual([{ kind: "known", key: "fixed" }]);
  expect(found("nginx:1.27")).toEqual([{ kind: "other", repository: "docker/nginx", rest: ":1.27" }]);
  // Whether the tag is at that digest nobody here knows.
  expect(found("nginx:1.29.0")).toEqual([{ kind: "other", repository: "docker/nginx", rest: ":1.29.0" }]);
});

it("leaves alone what no rule covers, or refuses it where all have to be ours", () => {
  for (const image of ["redis/redis-stack:7", "quay.io/a/b:1", "mcr.microsoft.com/dotnet/runtime:8.0"]) {
    expect(read(withImage(image), CACHING).set?.otherImages).toEqual([image]);
    expect(read(withImage(image), { ...CACHING, allowOtherImages: false }).lines).toEqual([
      `${AT} must be an image of the registry, or one that a rule of registry.cacheRules covers: allowOtherImages is false, got: "${image}"`,
    ]);
  }
  for (const image of ["nginx:1.27", "shopregistry.azurecr.io/shop/web:1"])
    expect(read(withImage(image), { ...CACHING, allowOtherImages: false }).lines).toEqual([]);
});

it("is what the map of names says, before what a rule says", () => {
  const { set } = read(withImage("nginx:1.27"), { ...CACHING, names: { nginx: "web" } });
  expect(set?.images).toEqual([{ kind: "known", key: "web" }]);
});
