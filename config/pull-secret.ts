import type { Cluster, Federated, Pull, PullSecret, Registry } from "./environment";
import { assertNever } from "./never";

/** A pull secret with its name. */
export type NamedPullSecret = PullSecret & { readonly name: string };

type Named = Pick<Registry, "name">;
interface InNamespace {
  readonly pullSecret: PullSecret;
}

/** Of a namespace on a cluster: what the namespace says is over what the cluster says. */
export function pullSecretOf(
  registry: Named,
  { pullSecret: shared }: Pick<Cluster, "pullSecret">,
  { pullSecret: own }: InNamespace,
): NamedPullSecret {
  return { ...own, name: own.name ?? shared ?? `${registry.name}-secret` };
}

/** Of a secret whose password goes through a key vault: one that once held it in the state keeps it there. */
export function vaultSecretName(name: string): string {
  return `${name}-vault`;
}

/**
 * Of a secret that a controller writes: destroying one that Terraform has made must not take it away. Of an AcrPullBinding the
 * name follows from the binding's own: https://github.com/Azure/msi-acrpull, v0.1.24, acrpullbinding_controller.go.
 */
export function controllersSecretName({ controller }: Pick<Federated, "controller">, name: string): string {
  switch (controller) {
    case "externalSecrets":
      return `${name}-federated`;
    case "acrPull":
      return `acr-pull-${name}`;
    default:
      return assertNever(controller);
  }
}

/** @returns The name that pods of a namespace give for the pull secret; undefined where their nodes pull by themselves. */
export function secretNameIn(registry: Named, cluster: Cluster, namespace: InNamespace): string | undefined {
  return secretNameBy(cluster.pull, pullSecretOf(registry, cluster, namespace).name);
}

/** As `secretNameIn`. @param name Of the secret, where it is made here and no key vault says otherwise. */
export function secretNameBy(pull: Pull, name: string): string | undefined {
  switch (pull.kind) {
    case "servicePrincipal":
    case "registryToken":
      return pull.delivery.kind === "keyVault" ? vaultSecretName(name) : name;
    case "federated":
      return controllersSecretName(pull, name);
    case "existingSecret":
      return pull.name;
    case "managedIdentity":
      return undefined;
    default:
      return assertNever(pull);
  }
}
