import { pullSecretName, stackName, stateKey, stateStore } from "./names";
import type { ClusterConfig } from "./schema/environment";
import type { Path } from "./problem";
import { isBuiltInNamespace, type SoundEnvironment } from "./rules";

/** Something that only one entry of all environments may have. */
export interface Claim {
  readonly environment: string;
  readonly path: Path;
  /** What is claimed, as a person would say it. Equal texts collide. */
  readonly what: string;
}

export function claimsOf(environment: SoundEnvironment): Claim[] {
  const claims: Claim[] = [];
  const { name, registry } = environment;
  if (!registry) return claims;
  const claim = (path: Path, what: string) => claims.push({ environment: environment.name, path, what });
  const stack = (path: Path, name: string) => {
    claim(path, `stack ${name}`);
    claim(path, `state ${stateStore(environment.backend)} ${stateKey(environment.backend, name)}`);
  };

  stack(["registry"], stackName(name, "registry"));
  if (!registry.existing) claim(["registry", "name"], `registry ${registry.name}`);
  for (const [key, image] of Object.entries(environment.images)) {
    if (image.build) claim(["images", key, "tag"], `image ${registry.name}/${image.repository}:${image.tag ?? ""}`);
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
    const { servicePrincipal, registryToken, keyVault, existingSecret, managedIdentity } = cluster.pull;
    if (servicePrincipal) {
      claim([...path, "pull", "servicePrincipal", "name"], `service principal ${servicePrincipal.name}`);
    }
    if (registryToken) {
      claim([...path, "pull", "registryToken", "name"], `token ${registryToken.name} of registry ${registry.name}`);
    }
    if (keyVault && !keyVault.existing)
      claim([...path, "pull", "keyVault", "name"], `creator of key vault ${keyVault.name}`);
    const { kubeconfig, aks } = cluster;
    const target = kubeconfig
      ? `context ${kubeconfig.context} of ${kubeconfig.path}`
      : `AKS cluster ${aks?.resourceGroup ?? ""}/${aks?.name ?? ""}${subscriptionOf(environment, aks)}`;
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
      if (!existingSecret && !managedIdentity) {
        claim(path, `pull secret ${pullSecretName(registry, cluster)} in namespace ${namespace} on ${target}`);
      }
      if (!isBuiltInNamespace(namespace) && !environment.namespaces[namespace]?.existing) {
        claim(path, `creator of namespace ${namespace} on ${target}`);
      }
    }
  }
  return claims;
}

function subscriptionOf({ azure }: SoundEnvironment, aks: ClusterConfig["aks"]): string {
  const id = aks?.subscriptionId ?? azure.subscriptionId;
  return id === undefined ? "" : ` of subscription ${id}`;
}
