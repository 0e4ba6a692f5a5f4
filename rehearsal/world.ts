import type { Environment } from "../config";
import { createClouds, type Clouds } from "./clouds";

/** Stands for the subscription that ARM_SUBSCRIPTION_ID names where the environment file does not. */
export const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

/** The clouds as the environment expects to find them: its clusters, and everything that it says exists. */
export function createWorld(environment: Environment, now: Date): Clouds {
  const { azure, registry, clusters, workloads } = environment;
  const subscriptionId = azure.subscriptionId ?? SUBSCRIPTION;
  const aksSubscriptions = Object.values(clusters).flatMap(({ aks }) => aks?.subscriptionId ?? []);
  const usesVirtualNodes = (cluster: string) =>
    Object.values(workloads).some((workload) => workload.virtualNodes && workload.clusters.includes(cluster));
  const clouds = createClouds({
    now,
    tenantId: azure.tenantId,
    subscriptionIds: [subscriptionId, ...aksSubscriptions],
    clusters: Object.entries(clusters).map(([key, { kubeconfig, aks }]) => ({
      context: kubeconfig?.context ?? key,
      aks,
      virtualNodes: usesVirtualNodes(key),
    })),
  });

  const group = registry.resourceGroup;
  const groupName = typeof group === "string" ? group : group.name;
  const location = registry.location ?? "westeurope";
  if (registry.existing || (typeof group === "object" && group.existing)) {
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
  for (const [name, { existing }] of Object.entries(environment.namespaces)) {
    if (!existing) continue;
    for (const cluster of clouds.clusters) {
      if (!cluster.namespaces.get("", name))
        cluster.namespaces.create({ namespace: "", name, labels: {}, annotations: {} });
    }
  }
  clouds.takeAsGiven();
  return clouds;
}

/** Pushes the images that another pipeline pushes, as soon as the registry is there. */
export function pushPrebuilt(clouds: Clouds, { registry, images }: Environment): void {
  const host = clouds.arm.registries.values().find(({ name }) => name === registry.name)?.loginServer;
  if (host === undefined) return;
  for (const { repository, tag = "prebuilt", prebuilt } of Object.values(images)) {
    if (prebuilt !== undefined) clouds.registries.push(host, repository, tag, prebuilt);
  }
}
