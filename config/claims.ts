import type { Aks, Azure, Connection, Delivery, Pull, SoundEnvironment } from "./environment";
import { isBuilt } from "./built";
import { pullSecretName, stackName, stateKey, stateStore } from "./names";
import { isBuiltInNamespace } from "./namespaces";
import { assertNever } from "./never";
import { hasPassword } from "./passwords";
import type { Path } from "./problem";

/** Something that only one entry of all environments may have. */
export interface Claim {
  /** The environment's file, as it stands in messages. */
  readonly file: string;
  readonly path: Path;
  /** What is claimed, as a person would say it. Equal texts collide. */
  readonly what: string;
}

/** What an environment claims, in the order of its file. @param file As it stands in messages. */
export function claimsOf(file: string, environment: SoundEnvironment): Claim[] {
  const claims: Claim[] = [];
  const { name, registry, backend } = environment;
  if (!registry) return claims;
  const claim = (path: Path, what: string) => claims.push({ file, path, what });
  const stack = (path: Path, name: string) => {
    claim(path, `stack ${name}`);
    if (backend) claim(path, `state ${stateStore(backend)} ${stateKey(backend, name)}`);
  };

  stack(["registry"], stackName(name, "registry"));
  if (registry.kind === "created") claim(["registry", "name"], `registry ${registry.name}`);
  for (const [key, { repository, origin }] of Object.entries(environment.images)) {
    if (isBuilt(origin)) {
      claim(["images", key, "tag"], `image ${registry.name}/${repository}:${origin.tag}`);
    }
  }
  stack(["images"], stackName(name, "images"));

  const targets = new Set<string>();
  const workloads = Object.entries(environment.workloads).map(([workloadKey, workload]) => ({
    workloadKey,
    workload,
    clusters: new Set(workload.clusters),
  }));
  for (const [key, cluster] of Object.entries(environment.clusters)) {
    const path = ["clusters", key];
    stack(path, stackName(name, "identity", key));
    stack(path, stackName(name, "workload", key));
    for (const { at, what } of pullClaims(cluster.pull, registry.name)) claim([...path, "pull", ...at], what);
    const target = targetOf(cluster.connection, environment.azure);
    claim(path, `entry of ${name} for ${target}`);
    // What a second entry of one cluster claims there, the first has claimed.
    if (targets.has(target)) continue;
    targets.add(target);

    const namespaces = new Set<string>();
    for (const { workloadKey, workload, clusters } of workloads) {
      if (!clusters.has(key)) continue;
      const workloadPath = ["workloads", workloadKey];
      namespaces.add(workload.namespace);
      claim(workloadPath, `workload ${workloadKey} in namespace ${workload.namespace} on ${target}`);
      if (workload.nodePort !== undefined) {
        claim([...workloadPath, "nodePort"], `node port ${workload.nodePort} on ${target}`);
      }
    }
    for (const namespace of namespaces) {
      if (hasPassword(cluster.pull)) {
        claim(path, `pull secret ${pullSecretName(registry, cluster)} in namespace ${namespace} on ${target}`);
      }
      if (!isBuiltInNamespace(namespace) && !environment.namespaces[namespace]?.existing) {
        claim(path, `creator of namespace ${namespace} on ${target}`);
      }
    }
  }
  return claims;
}

/** What a way to pull claims. @returns Places below the cluster's `pull`. */
function pullClaims(pull: Pull, registry: string): { at: string[]; what: string }[] {
  switch (pull.kind) {
    case "servicePrincipal":
      return [
        { at: ["servicePrincipal", "name"], what: `service principal ${pull.name.text}` },
        ...vaultClaims(pull.delivery),
      ];
    case "registryToken":
      return [
        { at: ["registryToken", "name"], what: `token ${pull.name} of registry ${registry}` },
        ...vaultClaims(pull.delivery),
      ];
    case "managedIdentity":
    case "existingSecret":
      return [];
    default:
      return assertNever(pull);
  }
}

function vaultClaims(delivery: Delivery): { at: string[]; what: string }[] {
  return delivery.kind === "keyVault" && delivery.vault.kind === "created"
    ? [{ at: ["keyVault", "name"], what: `creator of key vault ${delivery.vault.name}` }]
    : [];
}

/** The cluster, as a person would say it. */
function targetOf(connection: Connection, azure: Azure | undefined): string {
  switch (connection.kind) {
    case "kubeconfig":
      return `context ${connection.context.text} of ${connection.path.text}`;
    case "aks":
      return `AKS cluster ${connection.resourceGroup}/${connection.name}${subscriptionOf(connection, azure)}`;
    default:
      return assertNever(connection);
  }
}

function subscriptionOf(aks: Aks, azure: Azure | undefined): string {
  const id = aks.subscriptionId ?? azure?.subscriptionId;
  return id === undefined ? "" : ` of subscription ${id}`;
}
