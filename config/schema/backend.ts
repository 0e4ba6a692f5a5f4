import * as z from "zod";
import { HIDE_VALUE, closed, resourceGroupName, uuid } from "./common";

const PLAIN_URL = /^https?:\/\/[^\s/@?#{}]+(\/[^\s?#{}]*[^\s?#{}/])?$/;

/** Of S3 and of Google Cloud Storage alike. */
const bucket = closed({ pattern: /^[\w.-]+$/, message: "must be the name of a bucket" });

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
      storageAccount: z
        .string()
        .regex(/^[a-z0-9]{3,24}$/, "must be 3-24 lowercase letters or digits")
        .describe("Name of the storage account, which exists."),
      container: z
        .string()
        .regex(/^[a-z0-9](-?[a-z0-9]){2,62}$/, "must be a blob container name")
        .describe("Name of the blob container, which exists."),
      resourceGroup: resourceGroupName
        .optional()
        .describe("Resource group of the storage account. Default: found by its name."),
      subscriptionId: uuid.optional().describe("Subscription of the storage account. Default: ARM_SUBSCRIPTION_ID."),
      tenantId: uuid.optional().describe("Tenant of the storage account. Default: ARM_TENANT_ID."),
      prefix,
    })
    .optional()
    .describe("Azure Storage, with Entra ID authentication."),
  cloud: z
    .strictObject({
      organization: closed({ pattern: /^[\w-]+$/, message: "must be letters, digits, '_' or '-'" }).describe(
        "Name of the organization.",
      ),
      hostname: z
        .string()
        .regex(/^[a-z0-9.-]+$/, "must be a host name")
        .default("app.terraform.io")
        .describe("Host of Terraform Enterprise, or HCP Terraform's."),
      workspacePrefix: z
        .string()
        .regex(/^[\w-]+$/, "must be letters, digits, '_' or '-'")
        .default("")
        .describe("Put before the name of the stack, as the name of its workspace."),
    })
    .optional()
    .describe("HCP Terraform or Terraform Enterprise, one workspace a stack."),
  s3: z
    .strictObject({
      bucket: bucket.describe("Name of the bucket, which exists."),
      region: closed({ pattern: /^[a-z0-9-]+$/, message: "must be a region such as eu-central-1" }).describe(
        "AWS region of the bucket.",
      ),
      kmsKeyId: closed({ pattern: /^[\w:/+=,.@-]+$/, message: "must be the id, ARN or alias of a key" })
        .optional()
        .describe("KMS key of the encryption. Default: the bucket's own."),
      roleArn: closed({ pattern: /^[\w:/+=,.@-]+$/, message: "must be an ARN" })
        .optional()
        .describe("Role to assume. Default: none."),
      prefix,
    })
    .optional()
    .describe("Amazon S3, encrypted, with a lock file in the bucket."),
  gcs: z
    .strictObject({ bucket: bucket.describe("Name of the bucket, which exists."), prefix })
    .optional()
    .describe("Google Cloud Storage."),
  http: z
    .strictObject({
      address: z
        .string()
        .refine((address) => PLAIN_URL.test(address), {
          error: "must be an http(s) URL without user, query or final /",
          params: HIDE_VALUE,
        })
        .describe("URL below which each stack has its state."),
    })
    .optional()
    .describe(
      "A REST endpoint such as GitLab's; the name of the stack is appended, locks are at <address>/<stack>/lock.",
    ),
};

export const backendSchema = z.strictObject(backends);
