import { z } from "zod";
import { HIDE_VALUE, resourceGroupName, text, uuid } from "./common";

const PLAIN_URL = /^https?:\/\/[^\s/@?#]+(\/[^\s?#]*[^\s?#/])?$/;

const prefix = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)*$/, "must be a relative path of letters, digits, '_', '.' and '-'")
  .optional()
  .describe("Put before the name of the stack. Default: none.");

/**
 * Where states can lie: exactly one.
 *
 * No credential belongs here: consumers' JSON repeats a backend's settings. Backends read credentials from their environment.
 */
export const backends = {
  local: z.strictObject({}).optional().describe("State files beside the output folder."),
  azurerm: z
    .strictObject({
      storageAccount: z.string().regex(/^[a-z0-9]{3,24}$/, "must be 3-24 lowercase letters or digits"),
      container: z.string().regex(/^[a-z0-9](-?[a-z0-9]){2,62}$/, "must be a blob container name"),
      resourceGroup: resourceGroupName.optional(),
      subscriptionId: uuid.optional(),
      tenantId: uuid.optional(),
      prefix,
    })
    .optional()
    .describe("Azure Storage, with Entra ID authentication."),
  cloud: z
    .strictObject({
      organization: text,
      hostname: z
        .string()
        .regex(/^[a-z0-9.-]+$/, "must be a host name")
        .default("app.terraform.io"),
      workspacePrefix: z
        .string()
        .regex(/^[\w-]+$/, "must be letters, digits, '_' or '-'")
        .default(""),
    })
    .optional()
    .describe("HCP Terraform or Terraform Enterprise, one workspace a stack."),
  s3: z
    .strictObject({ bucket: text, region: text, kmsKeyId: text.optional(), roleArn: text.optional(), prefix })
    .optional()
    .describe("Amazon S3, encrypted, with a lock file in the bucket."),
  gcs: z.strictObject({ bucket: text, prefix }).optional().describe("Google Cloud Storage."),
  http: z
    .strictObject({
      address: z.string().refine((address) => PLAIN_URL.test(address), {
        error: "must be an http(s) URL without user, query or final /",
        params: HIDE_VALUE,
      }),
    })
    .optional()
    .describe(
      "A REST endpoint such as GitLab's; the name of the stack is appended, locks are at <address>/<stack>/lock.",
    ),
};

export const backendSchema = z.strictObject(backends);
