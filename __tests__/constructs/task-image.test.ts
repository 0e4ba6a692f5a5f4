import { TerraformOutput } from "cdktf";
import { TaskImage, type TaskImageProps } from "../../constructs/task-image";
import { address, resource, synthConstruct } from "../support/environment";
import type { Json, StackFile } from "../support/synthesized";
import { text, texts } from "../support/text";

const PROPS: TaskImageProps = {
  registry: { id: "/registries/shop", loginServer: "host", name: "shop", resourceGroupName: "rg" },
  repository: "shop/api",
  tag: "v1",
  taskName: "build-api",
  source: "https://github.com/example/api.git",
  commit: "7fd1a60b01f91b314f59955a4e4d4e80d8edf11d",
  folder: "services/api",
  private: false,
  dockerfile: text("Dockerfile"),
  args: {},
  platform: "linux/amd64",
};

function synth(props: Partial<TaskImageProps> = {}): StackFile {
  return synthConstruct((stack) => {
    const { reference } = new TaskImage(stack, "api", { ...PROPS, ...props });
    new TerraformOutput(stack, "reference", { value: reference });
  });
}

function stepOf(stack: StackFile): Json & { content: string } {
  const step = resource(stack, "azurerm_container_registry_task").encoded_step as Json;
  return { ...step, content: Buffer.from(String(step.task_content), "base64").toString() };
}

function tagOf(stack: StackFile): string {
  return /push: \["\$Registry\/shop\/api:(.+)"]/.exec(stepOf(stack).content)?.[1] ?? "";
}

test("the registry builds the folder at the commit, and pushes what it built", () => {
  const stack = synth({ args: texts({ VERSION: "1" }), target: "web" });
  const step = stepOf(stack);
  expect(step.context_path).toBe(
    "https://github.com/example/api.git#7fd1a60b01f91b314f59955a4e4d4e80d8edf11d:services/api",
  );
  expect(step.content).toBe(
    [
      "version: v1.1.0",
      "steps:",
      `  - build: "-t $Registry/shop/api:${tagOf(stack)} -f 'Dockerfile' --target web --build-arg VERSION='1' ."`,
      `  - push: ["$Registry/shop/api:${tagOf(stack)}"]`,
      "",
    ].join("\n"),
  );
});

test("it runs for the nodes' platform", () => {
  const platformOf = (platform: string) => resource(synth({ platform }), "azurerm_container_registry_task").platform;
  expect(platformOf("linux/arm64/v8")).toEqual({ os: "Linux", architecture: "arm64", variant: "v8" });
  expect(platformOf("linux/amd64")).toEqual({ os: "Linux", architecture: "amd64" });
});

test.each<[string, Partial<TaskImageProps>]>([
  ["commit", { commit: "0".repeat(40) }],
  ["folder", { folder: "." }],
  ["Dockerfile", { dockerfile: text("other") }],
  ["argument", { args: texts({ A: "b" }) }],
  ["platform", { platform: "linux/arm64" }],
  ["target", { target: "web" }],
])("another %s is another tag, and the same inputs are the same tag", (_, change) => {
  expect(tagOf(synth())).toMatch(/^v1-[0-9a-f]{12}$/);
  expect(tagOf(synth())).toBe(tagOf(synth()));
  expect(tagOf(synth(change))).not.toBe(tagOf(synth()));
});

test("a change of the task is a new run", () => {
  const stack = synth();
  expect(resource(stack, "azurerm_container_registry_task_schedule_run_now")).toEqual({
    container_registry_task_id: `\${${address(stack, "azurerm_container_registry_task")}.id}`,
    lifecycle: { replace_triggered_by: [address(stack, "azurerm_container_registry_task")] },
  });
});

test("whoever uses the reference waits for the run", () => {
  const stack = synth();
  const local = /^\$\{local\.(.+)}$/.exec(stack.json.output?.reference?.value ?? "")?.[1] ?? "";
  const run = address(stack, "azurerm_container_registry_task_schedule_run_now");
  expect(stack.json.locals?.[local]).toBe(`\${element([":${tagOf(stack)}", ${run}.id], 0)}`);
});

test("a token is asked for where the repository is private, and only there", () => {
  expect(synth().json).not.toHaveProperty("variable");
  const stack = synth({ private: true });
  const [[name, variable] = []] = Object.entries(stack.json.variable ?? {});
  expect(variable).toMatchObject({ type: "string", sensitive: true });
  expect(stepOf(stack).context_access_token).toBe(`\${var.${name ?? ""}}`);
});
