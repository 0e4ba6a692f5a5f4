import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Environment } from "../config";
import { isBuilt } from "../config/built";
import { entryAt } from "../config/entry-at";
import { readStacks, type SynthesizedStack } from "../synthesis/synthesized-stack";
import { synthesizeAtOnce } from "../synthesis/synthesize";
import type { BuildRequest } from "./build-arguments";
import type { PodSpec } from "./pod-spec";
import { UserError } from "../config/user-error";
import { evaluatedAll } from "../constructs/literal";

/** What the synthesized stacks say about an image. */
export interface PreviewedImage {
  /** Key in the environment file. */
  readonly key: string;
  /** As in the images stack, with an absolute context. */
  readonly build: BuildRequest;
  /** Of the first workload that runs it. */
  readonly pod: PodSpec;
}

interface Resource {
  readonly "//": { readonly metadata: { readonly path: string } };
}

interface DockerImage extends Resource {
  readonly build: {
    readonly context: string;
    readonly dockerfile: string;
    readonly build_args?: Readonly<Record<string, string>>;
    readonly platform: string;
    readonly target?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

interface Deployment extends Resource {
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

/** Calls `use` with the synthesized stacks of an environment, in a temporary folder that is gone afterwards. */
export async function withStacks<T>(
  environment: Environment,
  projectDirectory: string,
  use: (stacks: readonly SynthesizedStack[]) => Promise<T>,
): Promise<T> {
  const outputDirectory = fs.mkdtempSync(path.join(os.tmpdir(), "preview-"));
  try {
    synthesizeAtOnce([environment], { projectDirectory, outputDirectory, tokenTraces: false });
    return await use(readStacks(outputDirectory));
  } finally {
    fs.rmSync(outputDirectory, { recursive: true });
  }
}

/** The image to show: the one with this key, or the only one. @throws {UserError} Where there is no such image. */
export function chooseImage({ name, images, workloads }: Environment, key?: string): string {
  const built = Object.keys(images).filter((image) => isBuilt(entryAt(images, image).origin));
  const [only] = built.length === 1 ? built : [];
  const chosen = key ?? only;
  const list = built.join(", ") || "no image";
  if (chosen === undefined) throw new UserError(`environment ${name} builds ${list}: name one of them`);
  if (!built.includes(chosen)) {
    throw new UserError(`environment ${name} builds no image "${chosen}", it builds ${list}`);
  }
  if (workloadOf(workloads, chosen) === undefined) {
    throw new UserError(`no workload of environment ${name} runs the image ${chosen}: its port is not known`);
  }
  return chosen;
}

/** The first one that runs the image and listens on a port. */
function workloadOf(workloads: Environment["workloads"], image: string): string | undefined {
  return Object.keys(workloads).find((name) => workloads[name]?.image === image && workloads[name].port !== undefined);
}

/** Reads how an image is built and run. @param key One that {@link chooseImage} has checked. */
export function readImage(
  { workloads }: Environment,
  stacks: readonly SynthesizedStack[],
  key: string,
): PreviewedImage {
  const workload = workloadOf(workloads, key) ?? "";
  const { stack, block } = find(stacks, "docker_image", `images/${key}/image`);
  const { context, dockerfile, build_args: buildArgs, platform, target, labels } = (block as DockerImage).build;
  const deployment = find(stacks, "kubernetes_deployment_v1", `workloads/${workload}/deployment`).block as Deployment;
  return {
    key,
    build: { context: path.join(stack.directory, context), dockerfile, platform, buildArgs, target, labels },
    pod: deployment.spec.template.spec,
  };
}

/** The resource whose path in the construct tree ends so. */
function find(stacks: readonly SynthesizedStack[], type: string, place: string) {
  for (const stack of stacks) {
    for (const block of Object.values(stack.json.resource?.[type] ?? {}) as Resource[]) {
      if (block["//"].metadata.path !== `${stack.name}/${place}`) continue;
      // What users write is escaped for Terraform, which does not read it here.
      return { stack, block: evaluatedAll(block) as Resource };
    }
  }
  throw new Error(`no ${type} at ${place} in ${stacks.map(({ name }) => name).join(", ")}`);
}
