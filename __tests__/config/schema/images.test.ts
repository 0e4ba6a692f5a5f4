import { environmentFrom } from "../../support/environment";
import { BASE, changed, refusal, type Refusal } from "../base";
import { text } from "../../support/text";

test.each<Refusal>([
  [
    "a repository with capitals",
    "shop/web",
    "Shop/web",
    "environments/demo.yaml:8:17 images.web.repository must be a repository: lowercase letters and digits, joined by '.', '_', '-' or '/', got: \"Shop/web\"",
  ],
  [
    "a repository that starts with a slash",
    "shop/web",
    "/web",
    "environments/demo.yaml:8:17 images.web.repository must be a repository: lowercase letters and digits, joined by '.', '_', '-' or '/', got: \"/web\"",
  ],
  [
    "a repository with two dots",
    "shop/web",
    "shop..web",
    "environments/demo.yaml:8:17 images.web.repository must be a repository: lowercase letters and digits, joined by '.', '_', '-' or '/', got: \"shop..web\"",
  ],
  [
    "a repository of 256 characters",
    "shop/web",
    "a".repeat(256),
    `environments/demo.yaml:8:17 images.web.repository must be at most 255 characters, got: "${"a".repeat(256)}"`,
  ],
  ["no repository", "    repository: shop/web\n", "", "environments/demo.yaml:7:3 images.web.repository is required"],
  [
    "a tag that is a number",
    "tag: v1",
    "tag: 1.5",
    "environments/demo.yaml:9:10 images.web.tag must be a string (put it in quotes), got: 1.5",
  ],
  [
    "a tag that starts with a dot",
    "tag: v1",
    "tag: .v1",
    "environments/demo.yaml:9:10 images.web.tag must be a tag: at most 128 letters, digits, '_', '.' or '-', not starting with '.' or '-', got: \".v1\"",
  ],
  [
    "a tag of 129 characters",
    "tag: v1",
    `tag: ${"a".repeat(129)}`,
    `environments/demo.yaml:9:10 images.web.tag must be a tag: at most 128 letters, digits, '_', '.' or '-', not starting with '.' or '-', got: "${"a".repeat(129)}"`,
  ],
  [
    "the tag latest",
    "tag: v1",
    "tag: latest",
    'environments/demo.yaml:9:10 images.web.tag must name a version; set allowLatest: true to accept latest, got: "latest"',
  ],
  [
    "a build without a tag",
    "    tag: v1\n",
    "",
    "environments/demo.yaml:7:3 images.web.tag is required to push a built image",
  ],
  [
    "neither build nor digest nor tag",
    "    tag: v1\n    build: { docker: { context: docker-manifests } }\n",
    "",
    "environments/demo.yaml:8:5 images.web must have exactly one of the keys build, prebuilt, or tag alone",
  ],
  [
    "pin of an image that is built",
    "    tag: v1\n",
    "    tag: v1\n    pin: true\n",
    "environments/demo.yaml:10:10 images.web.pin must be left out: the image is not known by its tag alone, got: true",
  ],
  [
    "pin of an image that is known by its digest",
    "    prebuilt:",
    "    pin: false\n    prebuilt:",
    "environments/demo.yaml:13:10 images.api.pin must be left out: the image is not known by its tag alone, got: false",
  ],
  [
    "the tag latest alone",
    "    tag: v1\n    build: { docker: { context: docker-manifests } }\n",
    "    tag: latest\n",
    'environments/demo.yaml:9:10 images.web.tag must name a version; set allowLatest: true to accept latest, got: "latest"',
  ],
  [
    "both build and digest",
    "    prebuilt:",
    "    tag: v1\n    build: { docker: { context: docker-manifests } }\n    prebuilt:",
    "environments/demo.yaml:12:5 images.api must have exactly one of the keys build, prebuilt, or tag alone",
  ],
  [
    "a digest that is too short",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sha256:9f86d081",
    'environments/demo.yaml:13:15 images.api.prebuilt must be a digest: sha256: and 64 lowercase hexadecimal digits, got: "sha256:9f86d081"',
  ],
  [
    "a digest with capitals",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sha256:9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    'environments/demo.yaml:13:15 images.api.prebuilt must be a digest: sha256: and 64 lowercase hexadecimal digits, got: "sha256:9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
  ],
  [
    "a digest without its algorithm",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    'environments/demo.yaml:13:15 images.api.prebuilt must be a digest: sha256: and 64 lowercase hexadecimal digits, got: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
  ],
  [
    "an unknown way to build",
    "{ docker: {",
    "{ dockr: {",
    "environments/demo.yaml:10:12 images.web.build must have exactly one of the keys docker, acrTask",
    'environments/demo.yaml:10:14 images.web.build.dockr is not a known key; did you mean "docker"?',
  ],
  [
    "an unknown key of the build",
    "{ context: docker-manifests }",
    "{ context: docker-manifests, dockerFile: Dockerfile }",
    'environments/demo.yaml:10:51 images.web.build.docker.dockerFile is not a known key; did you mean "dockerfile"?',
  ],
  [
    "no context",
    "{ context: docker-manifests }",
    "{}",
    "environments/demo.yaml:10:14 images.web.build.docker.context is required",
  ],
  [
    "a context of blanks",
    "{ context: docker-manifests }",
    '{ context: " " }',
    'environments/demo.yaml:10:33 images.web.build.docker.context must not be empty, got: " "',
  ],
  [
    "a platform without an architecture",
    "{ context: docker-manifests }",
    "{ context: docker-manifests, platform: linux }",
    'environments/demo.yaml:10:61 images.web.build.docker.platform must be a platform such as linux/amd64, got: "linux"',
  ],
  [
    "a stage with a blank",
    "{ context: docker-manifests }",
    '{ context: docker-manifests, target: "a b" }',
    'environments/demo.yaml:10:59 images.web.build.docker.target must be the name of a build stage, got: "a b"',
  ],
  [
    "a build argument with a hyphen",
    "{ context: docker-manifests }",
    "{ context: docker-manifests, args: { BASE-IMAGE: nginx } }",
    "environments/demo.yaml:10:59 images.web.build.docker.args.BASE-IMAGE must be a build argument name",
  ],
  [
    "a build argument that is a number",
    "{ context: docker-manifests }",
    "{ context: docker-manifests, args: { VERSION: 1 } }",
    "environments/demo.yaml:10:68 images.web.build.docker.args.VERSION must be a string (put it in quotes), got: 1",
  ],
  [
    "a key with capitals",
    "  web:\n    repository",
    "  Web:\n    repository",
    "environments/demo.yaml:7:3 images.Web must be a key: at most 63 lowercase letters, digits or hyphens, the first a letter, the last none of the hyphens",
    'environments/demo.yaml:20:12 workloads.web.image must be a key of images; did you mean "Web"?, got: "web"',
  ],
  [
    "a key with a dot",
    "  web:\n    repository",
    "  web.v1:\n    repository",
    "environments/demo.yaml:7:3 images.web.v1 must be a key: at most 63 lowercase letters, digits or hyphens, the first a letter, the last none of the hyphens",
    'environments/demo.yaml:20:12 workloads.web.image must be a key of images, got: "web"',
  ],
  [
    "an image that is a string",
    "  api:\n    repository: shop/api\n    prebuilt: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "  api: shop/api",
    'environments/demo.yaml:11:8 images.api must be a mapping, got: "shop/api"',
  ],
  [
    "an unknown key of an image",
    "tag: v1",
    "tag: v1\n    alowLatest: true",
    'environments/demo.yaml:10:5 images.web.alowLatest is not a known key; did you mean "allowLatest"?',
  ],
])("refused: %s", (_title, from, to, ...lines) => {
  expect(refusal(changed(from, to))).toEqual(lines);
});

test.each([
  ["a repository of 255 characters", "shop/web", "a".repeat(255)],
  ["a repository with every separator", "shop/web", "shop_a/b__c.d--e/f"],
  ["a tag of 128 characters", "tag: v1", `tag: ${"a".repeat(128)}`],
  ["a tag that is a number in quotes", "tag: v1", 'tag: "1.5"'],
  ["the tag latest where it is allowed", "tag: v1", "tag: latest\n    allowLatest: true"],
  ["a digest with a tag", "    repository: shop/api\n", "    repository: shop/api\n    tag: v1\n"],
])("accepted: %s", (_title, from, to) => {
  expect(refusal(changed(from, to))).toEqual([]);
});

test("a build is for the nodes' platform, whatever machine builds it", () => {
  expect(environmentFrom(BASE).images.web?.origin).toEqual({
    kind: "docker",
    tag: "v1",
    ...{
      context: "docker-manifests",
      allowOutside: false,
      dockerfile: text("Dockerfile"),
      args: {},
      platform: "linux/amd64",
      labels: [],
    },
  });
});

test("refused: a label without a name", () => {
  const yaml = changed("{ context: docker-manifests }", '{ context: docker-manifests, labels: { "": x } }');
  expect(refusal(yaml)).toEqual(['environments/demo.yaml:10:61 images.web.build.docker.labels."" must not be empty']);
});

const COMMIT = "7fd1a60b01f91b314f59955a4e4d4e80d8edf11d";
const DOCKER = "{ docker: { context: docker-manifests } }";

test.each<[title: string, build: string, ...lines: string[]]>([
  [
    "two ways to build",
    `{ docker: { context: docker-manifests }, acrTask: { source: "https://host/a.git", commit: ${COMMIT} } }`,
    "environments/demo.yaml:10:12 images.web.build must have exactly one of the keys docker, acrTask",
  ],
  [
    "a branch instead of a commit",
    '{ acrTask: { source: "https://host/a.git", commit: main } }',
    'environments/demo.yaml:10:63 images.web.build.acrTask.commit must be a full commit id: 40 lowercase hexadecimal digits, got: "main"',
  ],
  [
    "a source by SSH",
    `{ acrTask: { source: "git@host:a.git", commit: ${COMMIT} } }`,
    'environments/demo.yaml:10:33 images.web.build.acrTask.source must be the https URL of a git repository, ending in .git, without a user, got: "git@host:a.git"',
  ],
  [
    "a folder that is not relative",
    `{ acrTask: { source: "https://host/a.git", commit: ${COMMIT}, folder: /src } }`,
    'environments/demo.yaml:10:113 images.web.build.acrTask.folder must be a relative path in the repository, got: "/src"',
  ],
  [
    "an argument that would end its quotes",
    `{ acrTask: { source: "https://host/a.git", commit: ${COMMIT}, args: { A: "it's" } } }`,
    "environments/demo.yaml:10:116 images.web.build.acrTask.args.A must be one line without ', got: \"it's\"",
  ],
])("refused: %s", (_title, build, ...lines) => {
  expect(refusal(changed(DOCKER, build))).toEqual(lines);
});

test("accepted: a build by the registry", () => {
  const build = `{ acrTask: { source: "https://host/a.git", commit: ${COMMIT}, folder: src/web, private: true } }`;
  expect(refusal(changed(DOCKER, build))).toEqual([]);
});

test.each([
  ["is pinned to the digest behind it", "tag: v1", { kind: "tagged", tag: "v1", pin: true }],
  ["stays a tag where the file says so", "tag: v1\n    pin: false", { kind: "tagged", tag: "v1", pin: false }],
])("a tag alone %s", (_title, lines, origin) => {
  const yaml = changed("tag: v1\n    build: { docker: { context: docker-manifests } }", lines);
  expect(environmentFrom(yaml).images.web).toEqual({ repository: "shop/web", origin });
});
