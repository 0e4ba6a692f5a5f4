import type { BackendConfig, ClusterConfig, RegistryConfig } from "./schema/environment";

/** Name of a stack: its construct id, its folder, and part of where its state lies. A contract: see docs/decisions. */
export function stackName(environment: string, kind: "registry" | "images"): string;
export function stackName(environment: string, kind: "identity" | "workload", cluster: string): string;
export function stackName(...parts: string[]): string {
  return parts.join("-");
}

/** Key, path, workspace or URL under which a backend keeps the state of a stack. */
export function stateKey(backend: BackendConfig, stack: string): string {
  const { azurerm, cloud, s3, gcs, http } = backend;
  if (azurerm) return withPrefix(azurerm.prefix, `${stack}.tfstate`);
  if (cloud) return `${cloud.workspacePrefix}${stack}`;
  if (s3) return withPrefix(s3.prefix, `${stack}.tfstate`);
  if (gcs) return withPrefix(gcs.prefix, stack);
  if (http) return `${http.address}/${stack}`;
  // Terraform runs in <output>/stacks/<stack>: this is <output>/.., one place for all stacks, on any machine.
  return `../../../terraform.${stack}.tfstate`;
}

/** The place that a backend keeps its states in: two states collide when store and key are the same. */
export function stateStore({ azurerm, cloud, s3, gcs, http }: BackendConfig): string {
  if (azurerm) return `azurerm ${azurerm.storageAccount}/${azurerm.container}`;
  if (cloud) return `cloud ${cloud.hostname}/${cloud.organization}`;
  if (s3) return `s3 ${s3.bucket}`;
  if (gcs) return `gcs ${gcs.bucket}`;
  return http ? "http" : "local";
}

function withPrefix(prefix: string | undefined, key: string): string {
  return prefix === undefined ? key : `${prefix}/${key}`;
}

/** Name of the pull secret in each namespace of a cluster. */
export function pullSecretName(registry: RegistryConfig, cluster: ClusterConfig): string {
  return cluster.pullSecret ?? `${registry.name}-secret`;
}

/** The registry's resource group, however short the file says it. */
export function resourceGroupOf({ resourceGroup }: RegistryConfig): {
  readonly name: string;
  readonly existing: boolean;
} {
  return typeof resourceGroup === "string" ? { name: resourceGroup, existing: false } : resourceGroup;
}
