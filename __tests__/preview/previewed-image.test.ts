import fs from "node:fs";
import path from "node:path";
import { chooseImage, readImage, withStacks } from "../../preview/previewed-image";
import { environmentFrom, load, projectWith } from "../support/environment";

const REGISTRY = "registry: { name: previewregistry, resourceGroup: rg, location: westeurope, sku: Basic }";
const CLUSTERS = "clusters: { one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: sp } } } }";
const BUILD = "build: { docker: { context: docker-manifests } }";

/** An environment `demo` with these images; each of `run` has a workload. */
function withImages(images: readonly string[], run: readonly string[] = images) {
  const workloads = run.map((image) => `run-${image}: { image: ${image}, clusters: [one], port: 80 }`);
  const built = images.map((image) => `${image}: { repository: ${image}, tag: v1, ${BUILD} }`);
  const prebuilt = `other: { repository: other, prebuilt: "sha256:${"a".repeat(64)}" }`;
  return environmentFrom(
    `${REGISTRY}\n${CLUSTERS}\nimages: { ${[...built, prebuilt].join(", ")} }\nworkloads: { ${workloads.join(", ")} }\n`,
  );
}

test("the only image that is built need not be named", () => {
  expect(chooseImage(withImages(["web"]))).toBe("web");
});

test("one of several images is named", () => {
  expect(chooseImage(withImages(["web", "api"]), "api")).toBe("api");
});

test("several images and no name are an error that lists them", () => {
  expect(() => chooseImage(withImages(["web", "api"]))).toThrow("environment demo builds web, api: name one of them");
});

test("an unknown image is an error that lists the known ones", () => {
  expect(() => chooseImage(withImages(["web", "api"]), "ap")).toThrow(
    'environment demo builds no image "ap", it builds web, api',
  );
});

test("an image that others build is not built here", () => {
  expect(() => chooseImage(withImages(["web"]), "other")).toThrow(
    'environment demo builds no image "other", it builds web',
  );
});

test("an image that no workload runs has no port", () => {
  expect(() => chooseImage(withImages(["web", "api"], ["web"]), "api")).toThrow(
    "no workload of environment demo runs the image api: its port is not known",
  );
});

test("an image is built and run as its synthesized stacks say", async () => {
  const project = projectWith({
    "environments/demo.yaml": `${REGISTRY}
${CLUSTERS}
images:
  web:
    repository: web
    tag: v1
    build: { docker: { context: web, args: { A: "1" }, platform: linux/arm64, target: last, labels: { b: c } } }
workloads:
  front:
    { image: web, clusters: [one], port: 8080, runAsUser: 1000, nodeSelector: { kubernetes.io/arch: arm64 } }
`,
    "web/Dockerfile": "FROM scratch AS last\n",
    "web/.dockerignore": "*.log\n",
    "web/debug.log": "",
  });
  const [environment] = load(project).environments;
  if (!environment) throw new Error("no environment");
  let folder = "";

  await withStacks(environment, project, (stacks) => {
    const { build, pod } = readImage(environment, stacks, "web");
    folder = build.context;
    expect(build).toEqual({
      ...{ context: folder, dockerfile: "Dockerfile", platform: "linux/arm64" },
      ...{ buildArgs: { A: "1" }, target: "last", labels: { b: "c" } },
    });
    expect(fs.readdirSync(folder).sort()).toEqual([".dockerignore", "Dockerfile"]);
    expect(pod.security_context.run_as_user).toBe("1000");
    expect(pod.container[0].port[0].container_port).toBe(8080);
    return Promise.resolve();
  });
  expect(path.isAbsolute(folder)).toBe(true);
  expect(fs.existsSync(folder)).toBe(false);
});
