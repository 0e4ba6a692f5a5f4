import { createHash } from "node:crypto";
import { ContainerRegistryTask } from "@cdktf/provider-azurerm/lib/container-registry-task";
import { ContainerRegistryTaskScheduleRunNow } from "@cdktf/provider-azurerm/lib/container-registry-task-schedule-run-now";
import { Fn, TerraformLocal, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { written, type Text, type Texts } from "../config/text";
import type { RegistryReference } from "./container-registry";

export interface TaskImageProps {
  readonly registry: RegistryReference;
  /** Repository in the registry. */
  readonly repository: string;
  /** First part of the tag. */
  readonly tag: string;
  /** Name of the task in the registry. */
  readonly taskName: string;
  /** https URL of a git repository, ending in .git. */
  readonly source: string;
  /** Full id of the commit to build. */
  readonly commit: string;
  /** Build context: a folder in the git repository. */
  readonly folder: string;
  /** The git repository wants a token: a variable of the stack. */
  readonly private: boolean;
  /** Path of the Dockerfile in the context: one line without an apostrophe. */
  readonly dockerfile: Text;
  /** Build arguments, each one line without an apostrophe. They end up in the image's history: no secrets. */
  readonly args: Texts;
  /** Platform of the nodes that run the image, such as linux/amd64. */
  readonly platform: string;
  /** Build stage. @default - the last */
  readonly target?: string | undefined;
}

/**
 * An image that the registry builds itself, from a commit of a git repository: no Docker engine where Terraform runs.
 *
 * The provider does not tell the digest of what a task pushed. Its tag therefore ends in a hash of everything that goes
 * into the build, so that it never moves.
 */
export class TaskImage extends Construct {
  /** What follows the repository in an image reference: `:<tag>-<hash>`. Whoever uses it waits for the build. */
  readonly reference: string;

  constructor(scope: Construct, id: string, props: TaskImageProps) {
    super(scope, id);
    const { registry, repository, tag, taskName } = props;
    const { source, commit, folder, platform, target } = props;
    const { text: dockerfile } = props.dockerfile;
    const args = written(props.args);
    const inputs = [source, commit, folder, dockerfile, args, platform, target];
    const fullTag = `${tag}-${createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 12)}`;
    const [os = "", architecture, variant] = platform.split("/");
    const options = [
      `-t $Registry/${repository}:${fullTag}`,
      `-f '${dockerfile}'`,
      ...(target === undefined ? [] : [`--target ${target}`]),
      ...Object.entries(args).map(([name, value]) => `--build-arg ${name}='${value}'`),
    ];
    // https://learn.microsoft.com/azure/container-registry/container-registry-tasks-reference-yaml
    const steps = [
      "version: v1.1.0",
      "steps:",
      `  - build: ${JSON.stringify([...options, "."].join(" "))}`,
      `  - push: ["$Registry/${repository}:${fullTag}"]`,
      "",
    ];
    const task = new ContainerRegistryTask(this, "task", {
      name: taskName,
      containerRegistryId: registry.id,
      platform: { os: os === "windows" ? "Windows" : "Linux", architecture, variant },
      encodedStep: {
        taskContent: Buffer.from(steps.join("\n")).toString("base64"),
        contextPath: `${source}#${commit}:${folder}`,
        contextAccessToken: props.private ? accessToken(this) : undefined,
      },
    });
    // It runs once; a change of the task is a new run. JSON wants the bare address here, without ${…}.
    const taskAddress = `${task.terraformResourceType}.${task.friendlyUniqueId}`;
    const run = new ContainerRegistryTaskScheduleRunNow(this, "run", {
      containerRegistryTaskId: task.id,
      lifecycle: { replaceTriggeredBy: [taskAddress] },
    });
    this.reference = new TerraformLocal(this, "reference", Fn.element([`:${fullTag}`, run.id], 0)).asString;
  }
}

/** Ends up in the task and in the state of the images stack. */
function accessToken(scope: Construct): string {
  const variable = new TerraformVariable(scope, "access-token", {
    type: "string",
    sensitive: true,
    description: "Token that reads the git repository.",
  });
  return variable.stringValue;
}
