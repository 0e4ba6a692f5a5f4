import { clusterSlices, sharedSlice } from "../../config/slices";
import type { Environment } from "../../config";
import { repositoriesOf } from "../../config/repositories";
import { environmentFrom, load, projectWith } from "../support/environment";
import { BASE, changed, refusal } from "./base";

const DIGEST = `sha256:${"ab".repeat(32)}`;
const RULES =
  'cacheRules: { hub: { name: docker-hub, source: "ghcr.io/team/*", repository: "ghcr/*" }, lib: { name: docker-lib, source: "docker.io/library/*", repository: "docker/*" } }';

/** The base, whose registry caches, and whose first workload runs this image. */
const running = (image: string, images = "") =>
  changed("sku: Basic", `sku: Basic\n  ${RULES}`)
    .replace("image: web", `image: ${JSON.stringify(image)}`)
    .replace("images:\n", `images:\n${images}`);
const warnings = (yaml: string) =>
  load(projectWith({ "environments/demo.yaml": yaml })).warnings.filter((line) => line.includes("workloads."));
const runImage = (environment: Environment) => {
  const [slice] = clusterSlices(environment);
  const { workload } = slice ?? {};
  return workload?.environment.images[workload.workloads.web?.image ?? ""];
};

test.each([
  ["nginx:1.27", "docker/nginx", { kind: "tagged", tag: "1.27", pin: false }],
  ["docker.io/library/nginx:1.27", "docker/nginx", { kind: "tagged", tag: "1.27", pin: false }],
  [`ghcr.io/team/tools/lint@${DIGEST}`, "ghcr/tools/lint", { kind: "prebuilt", digest: DIGEST }],
  [`nginx:1.27@${DIGEST}`, "docker/nginx", { kind: "prebuilt", digest: DIGEST, tag: "1.27" }],
])("%s runs from %s", (image, repository, origin) => {
  const environment = environmentFrom(running(image));
  expect(runImage(environment)).toEqual({ repository, origin });
  // Whoever pulls may pull it there.
  expect(repositoriesOf(environment).get("blue")).toEqual([repository, "shop/api"]);
});

test("a key of images is a key, also where a rule covers a name like it", () => {
  expect(runImage(environmentFrom(running("web")))).toMatchObject({ repository: "shop/web" });
});

test("the file's image with that repository and version is meant, and pinned as it says", () => {
  const nginx = "  proxy: { repository: docker/nginx, tag: 1.28.0 }\n";
  const environment = environmentFrom(running("nginx:1.28.0", nginx));
  expect(environment.workloads.web?.image).toBe("proxy");
  expect(warnings(running("nginx:1.28.0", nginx))).toEqual([]);
  // Whether the tag of a digest is still there nobody here knows.
  const fixed = `  proxy: { repository: docker/nginx, tag: 1.28.0, prebuilt: "${DIGEST}" }\n`;
  expect(environmentFrom(running("nginx:1.28.0", fixed)).workloads.web?.image).toBe("nginx:1.28.0");
  expect(environmentFrom(running(`nginx@${DIGEST}`, fixed)).workloads.web?.image).toBe("proxy");
  // Another version is another image.
  expect(runImage(environmentFrom(running("nginx:1.27", nginx)))).toEqual({
    repository: "docker/nginx",
    origin: { kind: "tagged", tag: "1.27", pin: false },
  });
});

test("warns of a tag, and of no digest", () => {
  expect(warnings(running("nginx:1.27"))).toEqual([
    'environments/demo.yaml:21:12 workloads.web.image runs by its tag, whatever is behind it when a pod starts: an image with repository: docker/nginx and this tag pins it, got: "nginx:1.27"',
  ]);
  expect(warnings(running(`nginx@${DIGEST}`))).toEqual([]);
});

test.each([
  ["nginx", "must name a version: a tag other than latest, or a digest"],
  ["nginx:latest", "must name a version: a tag other than latest, or a digest"],
  ["docker.io/library/nginx", "must name a version: a tag other than latest, or a digest"],
  ["quay.io/a/b:1", "must be a key of images, or the name of an image that a rule of registry.cacheRules covers"],
  ["grafana/loki:2", "must be a key of images, or the name of an image that a rule of registry.cacheRules covers"],
  [
    "acrdemo2ss.azurecr.io/shop/web:v1",
    "must be a key of images, or the name of an image that a rule of registry.cacheRules covers",
  ],
  ["Nginx:1", "must be a key of images"],
  ["https://ghcr.io/team/a:1", "must be a key of images"],
  ["${path.module}", "must be a key of images"],
])("%s is refused", (image, rule) => {
  expect(refusal(running(image))).toEqual([
    `environments/demo.yaml:21:12 workloads.web.image ${rule}, got: ${JSON.stringify(image)}`,
  ]);
});

test("without cache rules the name of an image is none that is known", () => {
  expect(refusal(BASE.replace("image: web", "image: nginx:1.27"))).toEqual([
    'environments/demo.yaml:20:12 workloads.web.image must be a key of images, or the name of an image that a rule of registry.cacheRules covers, got: "nginx:1.27"',
  ]);
});

test("says nothing of names while the registry is wrong: nobody knows what it caches", () => {
  const [line, ...more] = refusal(running("nginx:1.27").replace("sku: Basic", "sku: Huge"));
  expect(more).toEqual([]);
  expect(line).toContain("registry.sku");
});

test("neither the images stack nor roles of those outside know what a workload names", () => {
  const yaml = running(`nginx@${DIGEST}`).replace(
    "cacheRules:",
    "existing: true\n  repositoryPermissions: true\n  roles: { pull: [aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee] }\n  cacheRules:",
  );
  const environment = environmentFrom(yaml.replace("  location: centralus\n  sku: Basic\n", ""));
  const { images, registry } = sharedSlice(environment);
  expect(Object.keys(images?.environment.images ?? {})).toEqual(["web", "api"]);
  expect(registry.repositories).toEqual(["shop/api", "shop/web"]);
});
