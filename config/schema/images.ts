import * as z from "zod";
import { freeText, key, notEmpty, textMap } from "./common";

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export const repository = z
  .string()
  .max(255, "must be at most 255 characters")
  .regex(
    /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/,
    "must be a repository: lowercase letters and digits, joined by '.', '_', '-' or '/'",
  );

/** Whether a text may be the name of a repository. */
export function isRepository(text: string): boolean {
  return repository.safeParse(text).success;
}

const tag = z
  .string()
  .regex(
    /^\w[\w.-]{0,127}$/,
    "must be a tag: at most 128 letters, digits, '_', '.' or '-', not starting with '.' or '-'",
  );

/** Part of a command line of the registry's tasks, in apostrophes. https://learn.microsoft.com/azure/container-registry/container-registry-tasks-reference-yaml#run-variables */
const taskArgument = (schema: z.ZodString) =>
  schema
    .regex(/^[^'\n]*$/, "must be one line without '")
    .regex(/^(?!.*\{\{)/, "must be without {{, which tasks of the registry replace");

const dockerfile = (schema: z.ZodString) =>
  freeText(schema).prefault("Dockerfile").describe("Path of the Dockerfile in the context.");
const buildArgs = (value: z.ZodString) =>
  z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, "must be a build argument name"), freeText(value))
    .default({})
    .describe("Build arguments. They end up in the image's history: no secrets.");
const platform = z
  .string()
  .regex(/^[a-z0-9]+\/[a-z0-9]+(\/v\d+)?$/, "must be a platform such as linux/amd64")
  .default("linux/amd64")
  .describe("Platform of the nodes that run the image, whatever machine builds it.");
const target = z
  .string()
  .regex(/^[\w.-]+$/, "must be the name of a build stage")
  .optional()
  .describe("Stage to build. Default: the last one.");

const dockerBuild = z.strictObject({
  context: notEmpty.describe("Build context: a folder, relative to the folder of cdktf.json."),
  allowOutside: z
    .boolean()
    .default(false)
    .describe(
      "Accept a context that is not below the folder of cdktf.json, such as ../app in a repository of several projects.",
    ),
  dockerfile: dockerfile(notEmpty),
  args: buildArgs(z.string()),
  platform,
  target,
  labels: textMap(notEmpty, z.string()).prefault({}).describe("OCI image labels."),
});

const acrTaskBuild = z.strictObject({
  source: z
    .string()
    .regex(
      /^https:\/\/[^\s@#?{}$%'"\\]+\.git$/,
      "must be the https URL of a git repository, ending in .git, without a user",
    )
    .describe("Git repository that the registry reads."),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/, "must be a full commit id: 40 lowercase hexadecimal digits")
    .describe("Commit to build: a branch would move."),
  folder: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, "must be a relative path in the repository")
    .default(".")
    .describe("Build context in the repository."),
  private: z.boolean().default(false).describe("The repository wants a token: Terraform variable of the images stack."),
  dockerfile: dockerfile(taskArgument(notEmpty)),
  args: buildArgs(taskArgument(z.string())),
  platform,
  target,
});

/** Ways to build: exactly one. */
export const builders = {
  docker: dockerBuild.optional().describe("By the Docker engine where Terraform runs."),
  acrTask: acrTaskBuild.optional().describe("By the registry itself, without a Docker engine."),
};

/** Where an image comes from: exactly one. */
export const origins = {
  build: z.strictObject(builders).optional().describe("How the image is built and pushed."),
  prebuilt: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, "must be a digest: sha256: and 64 lowercase hexadecimal digits")
    .optional()
    .describe("Digest of an image that another pipeline pushes."),
};

export const imageSchema = z.strictObject({
  repository: repository.describe("Repository in the registry, such as app2/acr-app2."),
  tag: tag
    .optional()
    .describe(
      "Tag to push, of what is built. Alone, the tag under which somebody else pushes the image. Workloads run the digest.",
    ),
  pin: z
    .boolean()
    .optional()
    .describe(
      "With a tag alone. true: the digest behind the tag is read at every plan, and a tag that moved shows as a change. " +
        "false: pods run the tag, whatever it is when they start. Default: true.",
    ),
  allowLatest: z.boolean().default(false).describe("Accept 'latest' as the tag."),
  ...origins,
});

export const imagesSchema = z.record(key, imageSchema);
