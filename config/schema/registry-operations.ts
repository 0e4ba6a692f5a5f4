import * as z from "zod";
import {
  CACHE_NAME,
  CACHE_SOURCE,
  CACHE_TARGET,
  HOST,
  SECRET_NAME,
  STORAGE_ACCOUNT_ID,
  WEBHOOK_NAME,
  WEBHOOK_URI,
  WORKSPACE_ID,
} from "../rules/azure-formats";
import { VAULT_NAME } from "../rules/formats";
import { closed, key, reference, resourceGroupName, uuid } from "./common";
import { tokensSchema } from "./registry-tokens";

/** What a registry tells of, by the names of Azure Monitor: https://learn.microsoft.com/azure/container-registry/monitor-container-registry-reference */
export const LOG_CATEGORIES = {
  login: "ContainerRegistryLoginEvents",
  repository: "ContainerRegistryRepositoryEvents",
} as const;
const EVENTS = ["login", "repository"] as const satisfies readonly (keyof typeof LOG_CATEGORIES)[];

export const diagnosticsSchema = z.strictObject({
  workspaceId: closed(WORKSPACE_ID).optional().describe("Resource id of the Log Analytics workspace that gets them."),
  storageAccountId: closed(STORAGE_ACCOUNT_ID).optional().describe("Resource id of a storage account that keeps them."),
  events: z
    .array(z.enum(EVENTS))
    .default([...EVENTS])
    .describe("login: who signed in, and who was refused; repository: pushes, pulls and deletes."),
  metrics: z.boolean().default(true).describe("Counts of pulls and pushes, and storage that is used."),
});

/** https://learn.microsoft.com/azure/container-registry/container-registry-webhook-reference */
const ACTIONS = ["push", "delete", "quarantine", "chart_push", "chart_delete"] as const;

const webhook = z.strictObject({
  name: closed(WEBHOOK_NAME).describe("Name of the webhook. Changing it replaces the webhook."),
  uri: closed(WEBHOOK_URI).describe("Where the registry posts to."),
  actions: z
    .array(z.enum(ACTIONS))
    .min(1, "must list at least one action")
    .describe("What it tells of: push, delete, quarantine, chart_push, chart_delete."),
  scope: closed({
    pattern: /^[a-z0-9][a-z0-9._/-]*(:([\w.-]{1,128}|\*))?$/,
    message: "must be a repository, with a tag or * after a colon, such as shop/web:*",
  })
    .optional()
    .describe("Repository that it is about, with a tag or *. Default: all."),
  enabled: z.boolean().default(true).describe("Whether it posts."),
});

const cacheRule = z.strictObject({
  name: closed(CACHE_NAME).describe("Name of the cache rule. Changing it replaces the rule."),
  source: closed(CACHE_SOURCE).describe(
    "Where images come from, such as docker.io/library/nginx. Changing it replaces the rule.",
  ),
  repository: closed(CACHE_TARGET).describe(
    "Where they are in the registry, such as cache/nginx. Changing it replaces the rule.",
  ),
  credentialSet: reference
    .optional()
    .describe("Key of the credential set that it signs in with. Taking it away replaces the rule. Default: nobody's."),
});

const credentialSet = z.strictObject({
  name: closed(CACHE_NAME).describe("Name of the credential set. Changing it replaces the set."),
  loginServer: closed(HOST).describe("Registry that it signs in to, such as docker.io."),
  vault: z
    .strictObject({
      name: closed(VAULT_NAME).describe("Name of the key vault."),
      resourceGroup: resourceGroupName.describe("Its resource group."),
    })
    .describe(
      "Key vault that exists, in the mode of Azure RBAC: the set's identity becomes Key Vault Secrets User of the two secrets.",
    ),
  usernameSecret: closed(SECRET_NAME).describe("Name of the secret that holds the user name."),
  passwordSecret: closed(SECRET_NAME).describe("Name of the secret that holds the password or token."),
});

const objectIds = z.array(uuid).default([]);

/** What may be put on every registry, whoever made it. */
export const registryAttachments = {
  diagnostics: diagnosticsSchema.optional().describe("Where the registry's events go."),
  webhooks: z.record(key, webhook).optional().describe("Who is told of pushes and deletes, by key."),
  cacheRules: z
    .record(key, cacheRule)
    .optional()
    .describe(
      "Images of other registries that this one fetches and keeps, by key: the answer to the limits of Docker Hub.",
    ),
  credentialSets: z
    .record(key, credentialSet)
    .optional()
    .describe("Logins to other registries for cache rules, by key: their secrets stay in a key vault."),
  roles: z
    .strictObject({
      push: objectIds.describe(
        "Object ids of those who push and pull: AcrPush, or Container Registry Repository Writer.",
      ),
      pull: objectIds.describe("Object ids of those who pull: AcrPull, or Container Registry Repository Reader."),
    })
    .optional()
    .describe(
      "Users, groups and applications outside the clusters. With repositoryPermissions for the repositories of images alone.",
    ),
  tokens: tokensSchema
    .optional()
    .describe(
      "Tokens of the registry for people and systems outside, by key: each in a stack of its own, with passwords that rotate as clusters' do.",
    ),
  lock: z
    .boolean()
    .optional()
    .describe(
      "Lock the registry in Azure against deletion by anybody; role assignments, tokens and rules of it cannot be deleted either until it is lifted. Default: false.",
    ),
};
