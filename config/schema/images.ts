import { z } from "zod";
import { HIDE_VALUE, key, oneOf, text } from "./common";

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const repository = z
  .string()
  .max(255, "must be at most 255 characters")
  .regex(
    /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/,
    "must be a repository: lowercase letters and digits, joined by '.', '_', '-' or '/'",
  );

const tag = z
  .string()
  .regex(
    /^\w[\w.-]{0,127}$/,
    "must be a tag: at most 128 letters, digits, '_', '.' or '-', not starting with '.' or '-'",
  );

const dockerfile = text.default("Dockerfile").describe("Path of the Dockerfile in the context.");
const buildArgs = z
  .record(z.string().regex(/^[A-Za-z_]\w*$/, "must be a build argument name"), z.string())
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
  .optional();

const dockerBuild = z.strictObject({
  context: text.describe("Build context: a folder, relative to the folder of cdktf.json."),
  dockerfile,
  args: buildArgs,
  platform,
  target,
  labels: z.record(text, z.string()).default({}).describe("OCI image labels."),
});

const QUOTE_FREE = /^[^'\n]*$/;

const acrTaskBuild = z
  .strictObject({
    source: z
      .string()
      .regex(/^https:\/\/[^\s@#?]+\.git$/, "must be the https URL of a git repository, ending in .git, without a user")
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
    private: z
      .boolean()
      .default(false)
      .describe("The repository wants a token: Terraform variable of the images stack."),
    dockerfile,
    args: buildArgs,
    platform,
    target,
  })
  .superRefine(({ args }, context) => {
    for (const [name, value] of Object.entries(args)) {
      if (QUOTE_FREE.test(value)) continue;
      context.addIssue({ code: "custom", path: ["args", name], message: "must be one line without '" });
    }
  });

/** Where an image comes from: exactly one. */
export const ORIGINS = ["build", "prebuilt"] as const;

const builders = {
  docker: dockerBuild.optional().describe("By the Docker engine where Terraform runs."),
  acrTask: acrTaskBuild.optional().describe("By the registry itself, without a Docker engine."),
};

/** Ways to build: exactly one. */
export const BUILDERS: readonly string[] = Object.keys(builders);

export const imageSchema = z
  .strictObject({
    repository: repository.describe("Repository in the registry, such as app2/acr-app2."),
    tag: tag.optional().describe("Tag to push. Workloads run the digest, never the tag."),
    allowLatest: z.boolean().default(false).describe("Accept 'latest' as the tag."),
    build: oneOf(builders).optional().describe("How the image is built and pushed."),
    prebuilt: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, "must be a digest: sha256: and 64 lowercase hexadecimal digits")
      .optional()
      .describe("Digest of an image that another pipeline pushes."),
  })
  .superRefine((image, context) => {
    const report = (path: string[], message: string) => {
      context.addIssue({ code: "custom", path, message });
    };
    if ((image.build === undefined) === (image.prebuilt === undefined)) {
      context.addIssue({
        code: "custom",
        message: `must have exactly one of the keys ${ORIGINS.join(", ")}`,
        params: HIDE_VALUE,
      });
    } else if (image.build && image.tag === undefined) {
      report(["tag"], "is required to push a built image");
    }
    if (image.tag === "latest" && !image.allowLatest) {
      report(["tag"], "must name a version; set allowLatest: true to accept latest");
    }
  });

export const imagesSchema = z.record(key, imageSchema);
