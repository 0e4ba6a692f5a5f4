import { isOfImagesStack } from "../built";
import { stackName, stateKey } from "../names";
import { hasPassword } from "../passwords";
import { LONGEST_NAME } from "../schema/pull";
import type { Finding, Rule } from "./rule";

const NAMES = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";

/** Of a token, with the number of its slot after a hyphen. */
const LONGEST_TOKEN = 49;
/** `build-` and the image's key. */
const LONGEST_TASK = 50;
const LONGEST_VAULT_SECRET = 127;
const LONGEST_WORKSPACE = 90;

const token: Rule = {
  id: "length-of-token",
  about: "clusters.<key>.pull.registryToken.name, registry.tokens.<key>.name",
  message: `must leave room for the tokens' numbers: {token} is longer than ${LONGEST_TOKEN} characters`,
  source:
    "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/containers/validate/container_registry_token_name.go",
  check: ({ environment: { clusters, registry } }) => [
    ...Object.entries(registry?.tokens ?? {}).flatMap(([key, { name, rotation }]): Finding[] => {
      const last = `${name}-${rotation.slots - 1}`;
      return last.length > LONGEST_TOKEN
        ? [{ path: ["registry", "tokens", key, "name"], values: { token: last } }]
        : [];
    }),
    ...Object.entries(clusters).flatMap(([key, { pull }]): Finding[] => {
      // A silent name that is too long by itself has a rule of its own.
      if (pull.kind !== "registryToken" || pull.name.length > LONGEST_NAME.registryToken) return [];
      const last = `${pull.name}-${pull.rotation.slots - 1}`;
      if (last.length <= LONGEST_TOKEN) return [];
      return [{ path: ["clusters", key, "pull", "registryToken", "name"], values: { token: last } }];
    }),
  ],
};

const task: Rule = {
  id: "length-of-task",
  about: "images.<key>",
  message: `must be at most ${LONGEST_TASK - "build-".length} characters with acrTask, whose task is called {task}`,
  source: `${NAMES}#microsoftcontainerregistry`,
  check: ({ environment }) =>
    Object.entries(environment.images)
      .filter(([key, { origin }]) => origin.kind === "acrTask" && `build-${key}`.length > LONGEST_TASK)
      .map(([key]) => ({ path: ["images", key], values: { task: `build-${key}` }, atKey: true })),
};

const vaultSecret: Rule = {
  id: "length-of-vault-secret",
  about: "clusters.<key>, registry.tokens.<key>",
  message: `is too long for a key vault: the secret {secret} has more than ${LONGEST_VAULT_SECRET} characters`,
  source: `${NAMES}#microsoftkeyvault`,
  check: ({ name, environment: { clusters, registry } }) => [
    ...Object.keys(registry?.tokens ?? {}).flatMap((key): Finding[] => {
      const secret = `${stackName(name, "token", key)}-username`;
      const path = ["registry", "tokens", key];
      return secret.length > LONGEST_VAULT_SECRET ? [{ path, values: { secret }, atKey: true }] : [];
    }),
    ...Object.entries(clusters).flatMap(([key, { pull }]): Finding[] => {
      const secret = stackName(name, "identity", key);
      if (!hasPassword(pull) || pull.delivery.kind !== "keyVault" || secret.length <= LONGEST_VAULT_SECRET) return [];
      return [{ path: ["clusters", key], values: { secret }, atKey: true }];
    }),
  ],
};

const workspace: Rule = {
  id: "length-of-workspace",
  about: "clusters.<key>, registry.tokens.<key>",
  message: `is too long for HCP Terraform: the workspace {workspace} has more than ${LONGEST_WORKSPACE} characters`,
  source: "https://developer.hashicorp.com/terraform/cloud-docs/workspaces/create#workspace-naming",
  check: ({ name, environment: { backend, clusters, images, registry } }) => {
    if (backend?.kind !== "cloud") return [];
    const builds = Object.values(images).some(({ origin }) => isOfImagesStack(origin));
    const shared = [stackName(name, "registry"), ...(builds ? [stackName(name, "images")] : [])];
    return [
      ...shared.map((stack) => ({ stack, path: ["backend", "cloud", "workspacePrefix"] })),
      ...Object.keys(registry?.tokens ?? {}).map((key) => ({
        stack: stackName(name, "token", key),
        path: ["registry", "tokens", key],
      })),
      ...Object.keys(clusters).map((key) => ({ stack: stackName(name, "identity", key), path: ["clusters", key] })),
    ]
      .map(({ stack, path }) => ({ path, values: { workspace: stateKey(backend, stack) } }))
      .filter(({ values }) => values.workspace.length > LONGEST_WORKSPACE)
      .map((finding) => ({ ...finding, atKey: true }));
  },
};

export const azureNameRules = [token, task, vaultSecret, workspace];
