import type { Environment } from "../config";
import { resourceGroupOf } from "../config/names";
import { createClouds, type Clouds } from "./clouds";
import { createOthers } from "./others";
import { SUBSCRIPTION } from "./subscription";
import type { WorldCluster } from "./world-cluster";

/** The clouds as the environment expects to find them. */
export interface World {
  readonly clouds: Clouds;
  readonly clusters: readonly WorldCluster[];
  /** Other people and pipelines do what can be done by now: it is called after every stack. */
  readonly othersActed: () => void;
}

/** Makes the environment's clusters, and everything that it says exists. */
export function createWorld(environment: Environment, now: Date): World {
  const clouds = cloudsOf(environment, now);
  const clusters = Object.entries(environment.clusters).flatMap(([key, config], index) => {
    const cluster = clouds.clusters[index];
    return cluster ? [{ key, config, cluster }] : [];
  });
  addAdopted(environment, clouds);
  addVaults(environment, clouds);
  const othersActed = createOthers(environment, clouds, clusters);
  addNamespaces(environment, clusters);
  othersActed();
  clouds.takeAsGiven();
  return { clouds, clusters, othersActed };
}

function cloudsOf({ azure, clusters, workloads }: Environment, now: Date): Clouds {
  const entries = Object.entries(clusters);
  const usesVirtualNodes = (cluster: string) =>
    Object.values(workloads).some((workload) => workload.virtualNodes && workload.clusters.includes(cluster));
  return createClouds({
    now,
    tenantId: azure.tenantId,
    subscriptionIds: [
      azure.subscriptionId ?? SUBSCRIPTION,
      ...entries.flatMap(([, { aks }]) => aks?.subscriptionId ?? []),
    ],
    clusters: entries.map(([key, { kubeconfig, aks, pull }]) => ({
      context: kubeconfig?.context ?? key,
      aks,
      virtualNodes: usesVirtualNodes(key),
      kubeletObjectId: pull.managedIdentity?.objectId,
    })),
  });
}

/** The registry and its group, where they are not ours to make. */
function addAdopted({ azure, registry }: Environment, { arm }: Clouds): void {
  const subscriptionId = azure.subscriptionId ?? SUBSCRIPTION;
  const group = resourceGroupOf(registry);
  const location = locationOf(registry);
  if (registry.existing || group.existing) arm.createGroup(subscriptionId, group.name, location);
  if (!registry.existing) return;
  const adopted = arm.createRegistry({
    ...{ subscriptionId, resourceGroup: group.name, name: registry.name, location, sku: "Standard", tags: {} },
    ...{ adminEnabled: false, anonymousPullEnabled: false, publicNetworkAccess: true, hasNetworkRules: false },
  });
  if (registry.repositoryPermissions) adopted.roleAssignmentMode = "AbacRepositoryPermissions";
}

/** Existing key vaults, and the groups of those that the identity stacks make. */
function addVaults({ azure, registry, clusters }: Environment, { arm }: Clouds): void {
  const subscriptionId = azure.subscriptionId ?? SUBSCRIPTION;
  const location = locationOf(registry);
  for (const { pull } of Object.values(clusters)) {
    const { keyVault } = pull;
    if (!keyVault) continue;
    // The registry's group is made above, or by the registry stack.
    if (keyVault.resourceGroup !== resourceGroupOf(registry).name) {
      arm.createGroup(subscriptionId, keyVault.resourceGroup, location);
    }
    if (keyVault.existing) arm.createVault(subscriptionId, keyVault.resourceGroup, keyVault.name, location);
  }
}

function addNamespaces({ namespaces }: Environment, clusters: readonly WorldCluster[]): void {
  for (const [name, { existing }] of Object.entries(namespaces)) {
    if (!existing) continue;
    for (const { cluster } of clusters) {
      if (cluster.namespaces.get("", name)) continue;
      cluster.createNamespace({ namespace: "", name, labels: {}, annotations: {} });
    }
  }
}

function locationOf({ location }: Environment["registry"]): string {
  return location ?? "westeurope";
}
