import type { Format } from "./formats";

const NAMES = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";
const IDS = "https://learn.microsoft.com/azure/templates/";

/** Id of a resource, with a name after each of its types. */
function resourceId(id: string, what: string, types: readonly string[]): Format {
  const path = types.map((type) => `${type}/<name>`).join("/");
  const names = types.map((type) => `${type.replace(".", "\\.")}/[\\w.-]+`).join("/");
  return {
    id,
    message: `must be the resource id of a ${what}: /subscriptions/<id>/resourceGroups/<name>/providers/${path}`,
    source: IDS,
    pattern: new RegExp(
      `^/subscriptions/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/resourceGroups/[\\w.()-]+/providers/${names}$`,
    ),
  };
}

export const SUBNET_ID = resourceId("subnet-id", "subnet", ["Microsoft.Network/virtualNetworks", "subnets"]);
export const DNS_ZONE_ID = resourceId("dns-zone-id", "private DNS zone", ["Microsoft.Network/privateDnsZones"]);
export const WORKSPACE_ID = resourceId("workspace-id", "Log Analytics workspace", [
  "Microsoft.OperationalInsights/workspaces",
]);
export const STORAGE_ACCOUNT_ID = resourceId("storage-account-id", "storage account", [
  "Microsoft.Storage/storageAccounts",
]);

export const PRIVATE_ENDPOINT_NAME: Format = {
  id: "private-endpoint-name",
  message: "must be 2-64 letters, digits, '_', '-' or '.' that begin with a letter or digit and end with one or '_'",
  source: `${NAMES}#microsoftnetwork`,
  pattern: /^[a-zA-Z0-9][\w.-]{0,62}\w$/,
};

export const WEBHOOK_NAME: Format = {
  id: "webhook-name",
  message: "must be 5-50 letters or digits",
  source: `${NAMES}#microsoftcontainerregistry`,
  pattern: /^[a-zA-Z0-9]{5,50}$/,
};

/** Of cache rules and of credential sets. */
export const CACHE_NAME: Format = {
  id: "cache-name",
  message: "must be 5-50 letters, digits or hyphens, alphanumeric at both ends",
  source:
    "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/containers/validate/container_registry_cache_rule_name.go",
  pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{3,48}[a-zA-Z0-9]$/,
};

/** Part of a name of a repository: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const PART = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";

export const CACHE_SOURCE: Format = {
  id: "cache-source",
  message:
    "must be a host and a repository such as docker.io/library/nginx, or all below one: mcr.microsoft.com/dotnet/*",
  source: "https://learn.microsoft.com/azure/container-registry/artifact-cache-overview",
  pattern: new RegExp(`^[a-z0-9-]+(\\.[a-z0-9-]+)+(/${PART})*(/${PART}|/\\*)$`),
};

export const CACHE_TARGET: Format = {
  id: "cache-target",
  message: "must be a repository such as cache/nginx, all below one: cache/*, or all: *",
  source: "https://learn.microsoft.com/azure/container-registry/artifact-cache-overview",
  pattern: new RegExp(`^(${PART}(/${PART})*(/\\*)?|\\*)$`),
};

export const HOST: Format = {
  id: "host",
  message: "must be a host such as docker.io",
  source: "https://learn.microsoft.com/azure/container-registry/artifact-cache-overview",
  pattern: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
};

export const SECRET_NAME: Format = {
  id: "vault-secret-name",
  message: "must be the name of a secret of a key vault: at most 127 letters, digits or hyphens",
  source: `${NAMES}#microsoftkeyvault`,
  pattern: /^[a-zA-Z0-9-]{1,127}$/,
};

export const KEY_ID: Format = {
  id: "vault-key-id",
  message: "must be the id of a key of a key vault, with a version or, so that it follows rotation, without",
  source: "https://learn.microsoft.com/azure/container-registry/tutorial-enable-customer-managed-keys",
  pattern:
    /^https:\/\/[a-zA-Z0-9-]{3,24}\.vault\.(azure\.net|azure\.cn|usgovcloudapi\.net)\/keys\/[a-zA-Z0-9-]{1,127}(\/[0-9a-f]{32})?$/,
};

export const IDENTITY_NAME: Format = {
  id: "identity-name",
  message:
    "must be the name of a managed identity: 3-128 letters, digits, '_' or '-' that begin with a letter or digit",
  source: `${NAMES}#microsoftmanagedidentity`,
  pattern: /^[a-zA-Z0-9][\w-]{2,127}$/,
};

/** Whoever may read the state could read what stands in a query. */
export const WEBHOOK_URI: Format = {
  id: "webhook-uri",
  message: "must be an https URL without a user and without a query: a code in it would be a secret in the output",
  source: "https://learn.microsoft.com/azure/container-registry/container-registry-webhook",
  pattern: /^https:\/\/[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*(:\d{1,5})?(\/[\w.~-]*)*$/,
};

/** Those of the registry's further resources. */
export const AZURE_FORMATS: readonly Format[] = [
  SUBNET_ID,
  DNS_ZONE_ID,
  WORKSPACE_ID,
  STORAGE_ACCOUNT_ID,
  PRIVATE_ENDPOINT_NAME,
  WEBHOOK_NAME,
  CACHE_NAME,
  CACHE_SOURCE,
  CACHE_TARGET,
  HOST,
  SECRET_NAME,
  KEY_ID,
  IDENTITY_NAME,
  WEBHOOK_URI,
];
