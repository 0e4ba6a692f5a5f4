import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWorld, HOST, IMAGE, REPOSITORY } from "./world";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-"));
  writeFileSync(join(folder, "Dockerfile"), "FROM nginx\nCOPY index.html /\n");
  writeFileSync(join(folder, "index.html"), "hello");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function engine() {
  return createWorld().clouds.docker;
}

test("equal inputs give equal images", () => {
  expect(engine().build("a", { context: folder })).toBe(engine().build("b", { context: folder }));
});

test("a changed file, a renamed file, a build argument and a platform each change the image", () => {
  const docker = engine();
  const ids = [docker.build("a", { context: folder })];
  ids.push(docker.build("a", { context: folder, buildArgs: { VERSION: "1" } }));
  ids.push(docker.build("a", { context: folder, platform: "linux/arm64" }));
  writeFileSync(join(folder, "index.html"), "changed");
  ids.push(docker.build("a", { context: folder }));
  rmSync(join(folder, "index.html"));
  writeFileSync(join(folder, "index.htm"), "changed");
  ids.push(docker.build("a", { context: folder }));
  expect(new Set(ids).size).toBe(5);
});

test("a relative context is relative to the folder that Terraform runs in", () => {
  const docker = engine();
  docker.workingDirectory = join(folder, "..");
  const relative = folder.slice(folder.lastIndexOf("/") + 1);
  expect(docker.build("a", { context: relative })).toBe(docker.build("a", { context: folder }));
});

test("a missing context is named", () => {
  expect(() => engine().build("a", { context: "/nowhere" })).toThrow(
    'unable to prepare context: path "/nowhere" not found',
  );
});

test("a missing Dockerfile is named", () => {
  expect(() => engine().build("a", { context: folder, dockerfile: "Other" })).toThrow(
    "unable to build image: Cannot locate specified Dockerfile: Other",
  );
});

test("without a daemon nothing is built or pushed", () => {
  const docker = engine();
  docker.available = false;
  const message = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?";
  expect(() => docker.build("a", { context: folder })).toThrow(message);
  expect(() => docker.push(IMAGE)).toThrow(message);
});

test("a pushed image lies in the registry under its tag", () => {
  const { clouds } = createWorld();
  clouds.docker.build(IMAGE, { context: folder });
  const digest = clouds.docker.push(IMAGE);
  expect(clouds.registries.digestOf(HOST, REPOSITORY, "v1")).toBe(digest);
});

test("an image that was not built is not pushed", () => {
  expect(() => engine().push(IMAGE)).toThrow(
    "An image does not exist locally with the tag: acrdemo2ss.azurecr.io/app2/acr-app2",
  );
});

test("pushing to a host that no registry has fails in DNS", () => {
  const docker = engine();
  docker.build("other.azurecr.io/a:v1", { context: folder });
  expect(() => docker.push("other.azurecr.io/a:v1")).toThrow("dial tcp: lookup other.azurecr.io: no such host");
});

test("an image is pushed to no registry that the engine's machine does not reach", () => {
  const { clouds, registry } = createWorld();
  registry.allow = ["203.0.113.0/24"];
  clouds.docker.build(IMAGE, { context: folder });
  clouds.registries.operatorsWay = { privateEndpoint: false, address: "198.51.100.8" };
  expect(() => clouds.docker.push(IMAGE)).toThrow("denied: client with IP '198.51.100.8' is not allowed access");
  clouds.registries.operatorsWay = { privateEndpoint: false, address: "203.0.113.8" };
  expect(clouds.docker.push(IMAGE)).toMatch(/^sha256:/);
});
