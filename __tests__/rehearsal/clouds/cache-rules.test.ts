import { sourceOf } from "../../../rehearsal/clouds/cache-rules";
import { sha256 } from "../../../rehearsal/clouds/registry";
import { createWorld, HOST } from "./world";

const RULES = [
  { source: "docker.io/library/*", target: "docker/*" },
  { source: "quay.io/team/*", target: "docker/team/*" },
  { source: "mcr.microsoft.com/dotnet/runtime", target: "docker/runtime" },
];

test.each([
  ["docker/nginx", "docker.io/library/nginx"],
  ["docker/a/b", "docker.io/library/a/b"],
  ["docker/team/tool", "quay.io/team/tool"],
  ["docker/runtime", "mcr.microsoft.com/dotnet/runtime"],
  ["docker", undefined],
  ["dockers/nginx", undefined],
])("%s comes from %s", (repository, source) => {
  expect(sourceOf(RULES, repository)).toBe(source);
});

function cached() {
  const { clouds, registry, principal, password } = createWorld();
  registry.cacheRules.set("docker", RULES[0] ?? { source: "", target: "" });
  clouds.registries.addOther("docker.io", "library/nginx", "1.28.0");
  const credentials = { username: principal.clientId, password: password.secret };
  const pull = (repository: string, reference: string) =>
    clouds.registries.pull({ loginServer: HOST, repository, reference, credentials });
  return { clouds, registry, pull };
}

test("what a rule names is fetched on the first pull, and kept", () => {
  const { clouds, registry, pull } = cached();
  const digest = sha256("docker.io/library/nginx:1.28.0");
  expect(clouds.registries.digestOf(HOST, "docker/nginx", "1.28.0")).toBe(digest);
  expect(pull("docker/nginx", "1.28.0")).toMatchObject({ ok: true, digest });
  registry.cacheRules.clear();
  expect(pull("docker/nginx", digest)).toMatchObject({ ok: true, digest });
});

test("what its source does not have is not found", () => {
  const { pull } = cached();
  expect(pull("docker/nginx", "9.9.9")).toMatchObject({ ok: false, fault: "not-found" });
  expect(pull("docker/other", "1.28.0")).toMatchObject({ ok: false, fault: "not-found" });
});

test("nobody fetches who may not pull", () => {
  const { clouds, registry } = cached();
  const answer = clouds.registries.pull({ loginServer: HOST, repository: "docker/nginx", reference: "1.28.0" });
  expect(answer).toMatchObject({ ok: false, fault: "unauthorized" });
  expect(registry.repositories.has("docker/nginx")).toBe(false);
});
