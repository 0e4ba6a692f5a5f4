import fs from "node:fs";
import path from "node:path";
import { load, projectWith } from "../../support/environment";
import { changed, refusalOf } from "../base";

const OUTSIDE = "must be a folder below the folder of cdktf.json";

/** Refusals of the base where its build has these settings. */
function refusalWith(settings: string, files: Readonly<Record<string, string>> = {}): string[] {
  return refusalOf({ ...files, "environments/demo.yaml": changed("{ context: docker-manifests }", `{ ${settings} }`) });
}

test.each([
  ["a folder that does not exist", "nowhere"],
  ["a file", "docker-manifests/Dockerfile"],
  ["the project itself", "."],
  ["the project's parent", ".."],
  ["a folder outside of the project", "../other"],
  ["an absolute path outside of the project", "/tmp"],
])("a context that is %s is refused", (_title, context) => {
  expect(refusalWith(`context: ${context}`)).toEqual([
    `environments/demo.yaml:10:33 images.web.build.docker.context ${OUTSIDE}, got: ${JSON.stringify(context)}`,
  ]);
});

test("a folder in a folder is a context", () => {
  expect(refusalWith("context: apps/web", { "apps/web/Dockerfile": "FROM scratch\n" })).toEqual([]);
});

test("a context without a Dockerfile is refused", () => {
  expect(refusalWith("context: empty", { "empty/index.html": "" })).toEqual([
    "environments/demo.yaml:10:14 images.web.build.docker.dockerfile must be a file in empty/",
  ]);
});

test.each([
  ["does not exist", "Dockerfile.prod"],
  ["is a folder", "."],
  ["lies outside of the context", "../other/Dockerfile"],
])("a Dockerfile that %s is refused", (_title, dockerfile) => {
  const files = { "other/Dockerfile": "FROM scratch\n" };
  expect(refusalWith(`context: docker-manifests, dockerfile: ${dockerfile}`, files)).toEqual([
    `environments/demo.yaml:10:63 images.web.build.docker.dockerfile must be a file in docker-manifests/, got: ${JSON.stringify(dockerfile)}`,
  ]);
});

test("a Dockerfile in a folder of the context is accepted", () => {
  const files = { "apps/docker/Dockerfile": "FROM scratch\n" };
  expect(refusalWith("context: apps, dockerfile: docker/Dockerfile", files)).toEqual([]);
});

test("a context is looked for in the project, not in the working folder", () => {
  const directory = projectWith({});
  expect(fs.existsSync(path.join(directory, "docker-manifests"))).toBe(true);
  expect(refusalWith("context: __tests__")).toEqual([
    `environments/demo.yaml:10:33 images.web.build.docker.context ${OUTSIDE}, got: "__tests__"`,
  ]);
});

test("an absolute path is refused, even of a folder in the project", () => {
  const directory = projectWith({});
  const context = path.join(directory, "docker-manifests");
  fs.mkdirSync(path.join(directory, "environments"));
  fs.writeFileSync(
    path.join(directory, "environments/demo.yaml"),
    changed("{ context: docker-manifests }", `{ context: ${context} }`),
  );
  expect(() => load(directory)).toThrow(
    `environments/demo.yaml:10:33 images.web.build.docker.context ${OUTSIDE}, got: ${JSON.stringify(context)}`,
  );
});

test("a Dockerfile is refused whose path leaves the context and comes back", () => {
  const dockerfile = "../docker-manifests/Dockerfile";
  expect(refusalWith(`context: docker-manifests, dockerfile: ${dockerfile}`)).toEqual([
    `environments/demo.yaml:10:63 images.web.build.docker.dockerfile must be a file in docker-manifests/, got: ${JSON.stringify(dockerfile)}`,
  ]);
});

test("a folder whose name starts with two dots is a context", () => {
  expect(refusalWith("context: ..web", { "..web/Dockerfile": "FROM scratch\n" })).toEqual([]);
});

test("a path that no file system takes is refused like one that does not exist", () => {
  const context = "a".repeat(300);
  expect(refusalWith(`context: ${context}`)).toEqual([
    `environments/demo.yaml:10:33 images.web.build.docker.context ${OUTSIDE}, got: "${context}"`,
  ]);
});
