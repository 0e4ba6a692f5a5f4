import fs from "node:fs";
import path from "node:path";
import { TerraformOutput } from "cdktf";
import { contextFiles } from "../../constructs/context-files";
import { PublishedImage, type PublishedImageProps } from "../../constructs/published-image";
import { address, projectWith, resource, synthConstruct, types } from "../support/environment";
import type { StackFile } from "../support/synthesized";
import { text, textMap, texts } from "../support/text";

/** Without the context, which differs from test to test. */
type Build = Omit<PublishedImageProps, "context">;

const PLACE = { loginServer: "acrdemo2ss.azurecr.io", repository: "shop/web", tag: "v1" };
const BUILD: Build = { ...PLACE, dockerfile: text("Dockerfile"), args: {}, platform: "linux/amd64", labels: [] };

const ALL: Required<Build> = {
  ...PLACE,
  dockerfile: text("./Dockerfile"),
  args: texts({ BASE_IMAGE: "nginx:1.28.0" }),
  platform: "linux/arm64",
  target: "runtime",
  labels: textMap({ "org.opencontainers.image.vendor": "shop" }),
};

function synth(build: Build, projectDirectory = projectWith({})): StackFile {
  return synthConstruct((stack) => {
    const directory = `${projectDirectory}/docker-manifests`;
    const context = contextFiles({ directory, dockerfile: build.dockerfile.text });
    const { reference } = new PublishedImage(stack, "web", { ...build, context });
    new TerraformOutput(stack, "reference", { value: reference });
  });
}

function triggersOf(stack: StackFile): unknown {
  return resource(stack, "docker_image").triggers;
}

test("an image is built, then pushed by reference", () => {
  const stack = synth(BUILD);
  expect(types(stack)).toEqual(["docker_image", "docker_registry_image"]);
  expect(resource(stack, "docker_image").name).toBe("acrdemo2ss.azurecr.io/shop/web:v1");
  expect(resource(stack, "docker_registry_image").name).toBe(`\${${address(stack, "docker_image")}.name}`);
});

test("the reference is the digest of the manifest in the registry", () => {
  const stack = synth(BUILD);
  expect(stack.json.output).toEqual({
    reference: { value: `@\${${address(stack, "docker_registry_image")}.id}` },
  });
});

test("build and push have the same trigger, so that a rebuilt image is pushed", () => {
  const stack = synth(BUILD);
  expect(triggersOf(stack)).toEqual({ source: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(resource(stack, "docker_registry_image").triggers).toEqual(triggersOf(stack));
});

test("the manifest stays in the registry when the image is replaced, and the image in the engine", () => {
  const stack = synth(BUILD);
  expect(resource(stack, "docker_registry_image").keep_remotely).toBe(true);
  expect(resource(stack, "docker_image").keep_locally).toBe(true);
});

test("what is silent is left to the builder", () => {
  expect(resource(synth(BUILD), "docker_image").build).toEqual({
    context: expect.stringMatching(/^assets\/web_context_[0-9A-F]{8}\/[0-9a-f]{64}$/) as string,
    dockerfile: "Dockerfile",
    platform: "linux/amd64",
  });
});

test("all build options reach the builder", () => {
  expect(resource(synth(ALL), "docker_image").build).toEqual({
    context: expect.stringMatching(/^assets\//) as string,
    dockerfile: "./Dockerfile",
    build_args: { BASE_IMAGE: "nginx:1.28.0" },
    platform: "linux/arm64",
    target: "runtime",
    labels: { "org.opencontainers.image.vendor": "shop" },
  });
});

test("no credential is written", () => {
  const stack = synth(BUILD);
  expect(Object.keys(resource(stack, "docker_registry_image")).sort()).toEqual(["keep_remotely", "name", "triggers"]);
});

describe("the trigger changes with", () => {
  test.each<[string, Partial<Build>]>([
    ["the Dockerfile's path", { dockerfile: text("./Dockerfile") }],
    ["a build argument", { args: texts({ VERSION: "2" }) }],
    ["the platform", { platform: "linux/arm64" }],
    ["the stage", { target: "runtime" }],
    ["a label", { labels: textMap({ a: "b" }) }],
  ])("%s", (_title, change) => {
    expect(triggersOf(synth({ ...BUILD, ...change }))).not.toEqual(triggersOf(synth(BUILD)));
  });

  test("the sources", () => {
    const projectDirectory = projectWith({});
    const before = triggersOf(synth(BUILD, projectDirectory));
    fs.writeFileSync(path.join(projectDirectory, "docker-manifests/index.html"), "");
    expect(triggersOf(synth(BUILD, projectDirectory))).not.toEqual(before);
  });
});

describe("the trigger does not change with", () => {
  test("the tag", () => {
    expect(triggersOf(synth({ ...BUILD, tag: "v2" }))).toEqual(triggersOf(synth(BUILD)));
  });

  test("the place of the project", () => {
    expect(triggersOf(synth(BUILD, projectWith({})))).toEqual(triggersOf(synth(BUILD)));
  });
});

test("no path of this machine is written", () => {
  const projectDirectory = projectWith({});
  const { text } = synth(BUILD, projectDirectory);
  expect(text).not.toContain(projectDirectory);
});
