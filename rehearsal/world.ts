import type { Aks, Connection, Environment, Registry } from "../config";
import { hasPassword } from "../config/passwords";
import { registryDomain } from "../config/registry-domain";
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

function cloudsOf(environment: Environment, now: Date): Clouds {
  const { azure, clusters, workloads } = environment;
  const entries = Object.entries(clusters);
  const usesVirtualNodes = (cluster: string) =>
    Object.values(workloads).some((workload) => workload.virtualNodes && workload.clusters.includes(cluster));
  const clouds = createClouds({
    now,
    tenantId: azure.tenantId,
    subscriptionIds: [
      azure.subscriptionId ?? SUBSCRIPTION,
      ...entries.flatMap(([, { connection }]) => aksOf(connection)?.subscriptionId ?? []),
    ],
    clusters: entries.map(([key, { connection, pull, architecture, loadBalancers }]) => ({
      context: connection.kind === "kubeconfig" ? connection.context.text : key,
      aks: aksOf(connection),
      virtualNodes: usesVirtualNodes(key),
      architectures: architecturesOf(key, architecture, workloads),
      loadBalancers,
      kubeletObjectId:
        pull.kind === "managedIdentity" && pull.identity.kind === "known" ? pull.identity.objectId : undefined,
    })),
  });
  clouds.arm.registryDomain = registryDomain(azure);
  return clouds;
}

/** The registry and its group, where they are not ours to make. */
function addAdopted({ azure, registry }: Environment, { arm }: Clouds): void {
  const subscriptionId = azure.subscriptionId ?? SUBSCRIPTION;
  const group = registry.resourceGroup;
  const location = locationOf(registry);
  if (group.kind === "adopted") arm.createGroup(subscriptionId, group.name, location);
  if (registry.kind !== "adopted") return;
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
    if (!hasPassword(pull) || pull.delivery.kind !== "keyVault") continue;
    const { vault } = pull.delivery;
    // The registry's group is made above, or by the registry stack.
    if (vault.resourceGroup !== registry.resourceGroup.name) {
      arm.createGroup(subscriptionId, vault.resourceGroup, location);
    }
    if (vault.kind === "adopted") arm.createVault(subscriptionId, vault.resourceGroup, vault.name, location);
  }
}

function addNamespaces({ namespaces }: Environment, clusters: readonly WorldCluster[]): void {
  for (const [name, { existing }] of Object.entries(namespaces)) {
    if (!existing) continue;
    for (const { cluster } of clusters) {
      if (!cluster.namespaces.get(undefined, name)) cluster.createNamespace({ name });
    }
  }
}

function aksOf(connection: Connection): Aks | undefined {
  return connection.kind === "aks" ? connection : undefined;
}

function locationOf(registry: Registry): string {
  return registry.kind === "created" ? registry.location : "westeurope";
}

/** Of the cluster's nodes, and of those that its workloads choose besides. */
function architecturesOf(cluster: string, architecture: string, workloads: Environment["workloads"]): string[] {
  const chosen = Object.values(workloads).flatMap(({ clusters, nodeSelector }) =>
    clusters.includes(cluster) ? (nodeSelector["kubernetes.io/arch"] ?? []) : [],
  );
  return [...new Set([architecture, ...chosen])];
}
