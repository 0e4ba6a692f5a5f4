import type { ClusterConfig, Environment } from "../config";
import { resourceGroupOf } from "../config/names";
import { createClouds, type Clouds } from "./clouds";
import type { Cluster } from "./clouds/cluster";
import { createOthers } from "./others";

/** Stands for the subscription that ARM_SUBSCRIPTION_ID names where the environment file does not. */
export const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

/** A cluster of the environment, and its model in the clouds. */
export interface WorldCluster {
  readonly key: string;
  readonly config: ClusterConfig;
  readonly cluster: Cluster;
}

/** The clouds as the environment expects to find them. */
export interface World {
  readonly clouds: Clouds;
  readonly clusters: readonly WorldCluster[];
  /** Other people and pipelines do what can be done by now: it is called after every stack. */
  readonly othersActed: () => void;
}

/** Makes the environment's clusters, and everything that it says exists. */
export function createWorld(environment: Environment, now: Date): World {
  const { azure, registry, workloads } = environment;
  const subscriptionId = azure.subscriptionId ?? SUBSCRIPTION;
  const entries = Object.entries(environment.clusters);
  const usesVirtualNodes = (cluster: string) =>
    Object.values(workloads).some((workload) => workload.virtualNodes && workload.clusters.includes(cluster));
  const clouds = createClouds({
    now,
    tenantId: azure.tenantId,
    subscriptionIds: [subscriptionId, ...entries.flatMap(([, { aks }]) => aks?.subscriptionId ?? [])],
    clusters: entries.map(([key, { kubeconfig, aks, pull }]) => ({
      context: kubeconfig?.context ?? key,
      aks,
      virtualNodes: usesVirtualNodes(key),
      kubeletObjectId: pull.managedIdentity?.objectId,
    })),
  });
  const clusters = entries.flatMap(([key, config], index) => {
    const cluster = clouds.clusters[index];
    return cluster ? [{ key, config, cluster }] : [];
  });

  const { name: groupName, existing: groupExists } = resourceGroupOf(registry);
  const location = registry.location ?? "westeurope";
  if (registry.existing || groupExists) {
    clouds.arm.createGroup(subscriptionId, groupName, location);
  }
  if (registry.existing) {
    const adopted = clouds.arm.createRegistry({
      ...{ subscriptionId, resourceGroup: groupName, name: registry.name, location, sku: "Standard" },
      ...{
        adminEnabled: false,
        anonymousPullEnabled: false,
        publicNetworkAccess: true,
        hasNetworkRules: false,
        tags: {},
      },
    });
    if (registry.repositoryPermissions) adopted.roleAssignmentMode = "AbacRepositoryPermissions";
  }
  for (const { config } of clusters) {
    const { keyVault } = config.pull;
    if (!keyVault) continue;
    // The registry's group is made above, or by the registry stack.
    if (keyVault.resourceGroup !== groupName) {
      clouds.arm.createGroup(subscriptionId, keyVault.resourceGroup, location);
    }
    if (keyVault.existing) clouds.arm.createVault(subscriptionId, keyVault.resourceGroup, keyVault.name, location);
  }
  const othersActed = createOthers(environment, clouds, clusters);
  for (const [name, { existing }] of Object.entries(environment.namespaces)) {
    if (!existing) continue;
    for (const { cluster } of clusters) {
      if (cluster.namespaces.get("", name)) continue;
      cluster.createNamespace({ namespace: "", name, labels: {}, annotations: {} });
    }
  }
  othersActed();
  clouds.takeAsGiven();
  return { clouds, clusters, othersActed };
}
