import type { Backend } from "./environment";
import { assertNever } from "./never";

/** Name of a stack: its construct id, its folder, and part of where its state lies. A contract: see docs/decisions. */
export function stackName(environment: string, kind: "registry" | "images"): string;
export function stackName(environment: string, kind: "identity" | "workload" | "token", key: string): string;
export function stackName(...parts: string[]): string {
  return parts.join("-");
}

/** Key, path, workspace or URL under which a backend keeps the state of a stack. */
export function stateKey(backend: Backend, stack: string): string {
  switch (backend.kind) {
    case "local":
      // Terraform runs in <output>/stacks/<stack>: this is <output>/.., one place for all stacks, on any machine.
      return `../../../terraform.${stack}.tfstate`;
    case "azurerm":
    case "s3":
      return withPrefix(backend.prefix, `${stack}.tfstate`);
    case "cloud":
      return `${backend.workspacePrefix}${stack}`;
    case "gcs":
      return withPrefix(backend.prefix, stack);
    case "http":
      return `${backend.address}/${stack}`;
    default:
      return assertNever(backend);
  }
}

/** The place that a backend keeps its states in: two states collide when store and key are the same. */
export function stateStore(backend: Backend): string {
  switch (backend.kind) {
    case "local":
    case "http":
      return backend.kind;
    case "azurerm":
      return `azurerm ${backend.storageAccount}/${backend.container}`;
    case "cloud":
      return `cloud ${backend.hostname}/${backend.organization}`;
    case "s3":
      return `s3 ${backend.bucket}`;
    case "gcs":
      return `gcs ${backend.bucket}`;
    default:
      return assertNever(backend);
  }
}

function withPrefix(prefix: string | undefined, key: string): string {
  return prefix === undefined ? key : `${prefix}/${key}`;
}

/** Name of what proves the identity of a cluster, where its file gives none. */
export function silentName(environment: string, cluster: string): string {
  return `acr-pull-${environment}-${cluster}`;
}
