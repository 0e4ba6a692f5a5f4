import type { Cluster, PullSecret, Registry } from "./environment";

/** A pull secret with its name. */
export type NamedPullSecret = PullSecret & { readonly name: string };

/** Of a namespace on a cluster: what the namespace says is over what the cluster says. */
export function pullSecretOf(
  registry: Pick<Registry, "name">,
  { pullSecret: shared }: Pick<Cluster, "pullSecret">,
  { pullSecret: own }: { readonly pullSecret: PullSecret },
): NamedPullSecret {
  return { ...own, name: own.name ?? shared ?? `${registry.name}-secret` };
}

/** Name of a pull secret whose password goes through a key vault: one that has held it before keeps it in the state. */
export function vaultSecretName(name: string): string {
  return `${name}-vault`;
}
