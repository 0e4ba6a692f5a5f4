import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../../../config";
import { load, projectWith } from "../../support/environment";
import { BASE, changed, refusalOf } from "../base";

const DOCKERFILE = "FROM scratch\nUSER 65532\n";
const OUTSIDE = "must be a folder below the folder of cdktf.json, or stand beside allowOutside: true";

/** Refusals of the base where its build has these settings. */
function refusalWith(settings: string, files: Readonly<Record<string, string>> = {}): string[] {
  return refusalOf({ ...files, "environments/demo.yaml": changed("{ context: docker-manifests }", `{ ${settings} }`) });
}

test.each([
  ["a folder that does not exist", "nowhere"],
  ["a file", "docker-manifests/Dockerfile"],
  ["the project itself", "."],
  ["the project itself, said otherwise", "./"],
  ["the project itself, by a step down and up", "docker-manifests/.."],
  ["the project's parent", ".."],
  ["a folder outside of the project", "../other"],
  ["an absolute path outside of the project", "/tmp"],
])("a context that is %s is refused", (_title, context) => {
  expect(refusalWith(`context: ${context}`)).toEqual([
    `environments/demo.yaml:10:33 images.web.build.docker.context ${OUTSIDE}, got: ${JSON.stringify(context)}`,
  ]);
});

test("a folder in a folder is a context", () => {
  expect(refusalWith("context: apps/web", { "apps/web/Dockerfile": DOCKERFILE })).toEqual([]);
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
  const files = { "other/Dockerfile": DOCKERFILE };
  expect(refusalWith(`context: docker-manifests, dockerfile: ${dockerfile}`, files)).toEqual([
    `environments/demo.yaml:10:63 images.web.build.docker.dockerfile must be a file in docker-manifests/, got: ${JSON.stringify(dockerfile)}`,
  ]);
});

test("a Dockerfile in a folder of the context is accepted", () => {
  const files = { "apps/docker/Dockerfile": DOCKERFILE };
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
  expect(refusalWith("context: ..web", { "..web/Dockerfile": DOCKERFILE })).toEqual([]);
});

test("a path that no file system takes is refused like one that does not exist", () => {
  const context = "a".repeat(300);
  expect(refusalWith(`context: ${context}`)).toEqual([
    `environments/demo.yaml:10:33 images.web.build.docker.context ${OUTSIDE}, got: "${context}"`,
  ]);
});

describe("a context outside of the project", () => {
  const projectBeside = (settings: string) => {
    const parent = fs.realpathSync(fs.mkdtempSync(path.join(projectWith({}), "parent-")));
    const project = path.join(parent, "project");
    fs.mkdirSync(path.join(project, "environments"), { recursive: true });
    fs.mkdirSync(path.join(parent, "app"));
    fs.writeFileSync(path.join(parent, "app/Dockerfile"), "FROM scratch\nUSER 1\n");
    const yaml = changed("{ context: docker-manifests }", `{ ${settings} }`);
    fs.writeFileSync(path.join(project, "environments/demo.yaml"), yaml);
    return {
      project,
      load: () => loadConfiguration({ projectDirectory: project, outputDirectory: "", tokenTraces: false }),
    };
  };

  test("is accepted where the file says so", () => {
    const { environments } = projectBeside("context: ../app, allowOutside: true").load();
    expect(environments[0]?.images.web?.origin).toMatchObject({ kind: "docker", context: "../app" });
  });

  test("has to be a folder all the same", () => {
    expect(() => projectBeside("context: ../nowhere, allowOutside: true").load()).toThrow(
      'images.web.build.docker.context must be a folder, relative to the folder of cdktf.json, got: "../nowhere"',
    );
  });

  test("is refused where a link in the project leads to it", () => {
    const { project, load: run } = projectBeside("context: app");
    fs.symlinkSync("../app", path.join(project, "app"));
    expect(run).toThrow(`images.web.build.docker.context ${OUTSIDE}, got: "app"`);
  });
});

test("a link that leads out of the context is refused at its place", () => {
  const project = projectWith({ "environments/demo.yaml": BASE });
  fs.symlinkSync("/etc/hostname", path.join(project, "docker-manifests/host"));
  expect(() => loadConfiguration({ projectDirectory: project, outputDirectory: "", tokenTraces: false })).toThrow(
    "environments/demo.yaml:10:33 images.web.build.docker.context must hold no symbolic link that leads out of it, and holds host",
  );
});

test("what is never taken is named in a warning, and in none where .dockerignore names it", () => {
  const project = projectWith({ "environments/demo.yaml": BASE });
  fs.writeFileSync(path.join(project, "docker-manifests/terraform.tfstate"), "{}");
  const warnings = () =>
    loadConfiguration({ projectDirectory: project, outputDirectory: "", tokenTraces: false }).warnings;
  expect(warnings()).toEqual([
    "environments/demo.yaml:10:33 images.web.build.docker.context is taken without terraform.tfstate: name them in its .dockerignore",
  ]);
  fs.writeFileSync(path.join(project, "docker-manifests/.dockerignore"), "*.tfstate\n");
  expect(warnings()).toEqual([]);
});
