import type { Aks, Connection, CustomerManagedKey, Environment, Registry } from "../config";
import { adoptionsOf } from "../config/adoption";
import { targetOf } from "../config/cluster-target";
import { hasPassword } from "../config/passwords";
import { registryDomain } from "../config/registry-hosts";
import { createClouds, type Clouds } from "./clouds";
import { groupId, identityId, registryId, vaultId } from "./clouds/arm-ids";
import type { Cluster } from "./clouds/kubernetes/cluster";
import { addObjectsOfOthers } from "./objects-of-others";
import { makeByHand } from "./hand-made";
import { createOthers } from "./others";
import { namespaceProvision, groupProvision, provisionsOf, registryProvision, vaultProvision } from "./provisions";
import { SUBSCRIPTION } from "./subscription";
import type { WorldCluster } from "./world-cluster";

/** The clouds as one environment finds them. */
export interface World {
  readonly clouds: Clouds;
  /** In the order of its file. */
  readonly clusters: readonly WorldCluster[];
  /** Other people and pipelines do what can be done by now: it is called after every stack. */
  readonly othersActed: () => void;
}

/** The clouds of one run, for all environments of one tenant: what one makes is there for the others. */
export class SharedClouds {
  readonly clouds: Clouds;
  /** What an environment of the run makes itself. */
  private readonly made: ReadonlySet<string>;
  private readonly clusters = new Map<string, Cluster>();
  private readonly handMade = new Set<string>();

  /** @param environments Of one tenant and one Azure cloud. */
  constructor(environments: readonly Environment[], now: Date) {
    const [first = SUBSCRIPTION, ...others] = new Set(environments.flatMap(subscriptionsOf));
    const tenantId = environments.find(({ azure }) => azure.tenantId !== undefined)?.azure.tenantId;
    this.clouds = createClouds({ now, tenantId, subscriptionIds: [first, ...others] });
    // Whoever holds back what is pushed has somebody who releases it.
    this.clouds.registries.hasScanner = environments.some(
      ({ registry }) => registry.kind === "created" && registry.quarantine === true,
    );
    const [environment] = environments;
    if (environment) this.clouds.arm.registryDomain = registryDomain(environment.azure);
    this.made = new Set(environments.flatMap((one) => [...provisionsOf(one).makes]));
  }

  /** Adds what the environment finds in the clouds. Doing it again adds what an edit of its file newly counts on. */
  worldOf(environment: Environment): World {
    const { clouds } = this;
    const { subscriptionIds } = clouds.arm;
    subscriptionIds.push(...subscriptionsOf(environment).filter((id) => !subscriptionIds.includes(id)));
    const world = clouds.give((): World => {
      const clusters = Object.entries(environment.clusters).map(([key, config]) => {
        return { key, config, cluster: this.clusterOf(environment, key) };
      });
      this.addAdopted(environment);
      this.addVaults(environment);
      const othersActed = createOthers(environment, clouds, clusters);
      this.addNamespaces(environment, clusters);
      addObjectsOfOthers(environment, clusters);
      othersActed();
      return { clouds, clusters, othersActed };
    });
    this.makeByHand(environment, world);
    world.othersActed();
    return world;
  }

  /** People make a thing by hand once, whatever becomes of it. It is ours to destroy in the end, unlike what is given. */
  private makeByHand(environment: Environment, { clouds, clusters }: World): void {
    const wanted = adoptionsOf(environment).map(({ path }) => `${environment.name}: ${path.join(".")}`);
    if (wanted.every((one) => this.handMade.has(one))) return;
    for (const one of wanted) this.handMade.add(one);
    makeByHand(environment, clouds, clusters);
  }

  private clusterOf(environment: Environment, key: string): Cluster {
    const { azure, clusters, registry, workloads } = environment;
    const config = clusters[key];
    if (!config) throw new Error(`no cluster ${key}`);
    const { connection, pull, architecture, loadBalancers, privateEndpoint, egress } = config;
    const nodes = {
      way: {
        privateEndpoint,
        ofRegistry: registry.privateEndpoints !== undefined,
        address: egress?.[0]?.replace(/\/.*/, ""),
      },
      virtualNodes: Object.values(workloads).some((one) => one.virtualNodes && one.clusters.includes(key)),
      architectures: architecturesOf(key, architecture, workloads),
      kubeletObjectId:
        pull.kind === "managedIdentity" && pull.identity.kind === "known" ? pull.identity.objectId : undefined,
    };
    const issuer = pull.kind === "federated" && pull.trust.kind === "known" ? pull.trust.issuer : undefined;
    const target = targetOf(connection, azure);
    const id = connection.kind === "aks" ? target.toLowerCase() : target;
    const known = this.clusters.get(id);
    if (known) {
      this.clouds.extendCluster(known, nodes);
      if (issuer !== undefined) known.issuer.url = issuer;
      return known;
    }
    const name = connection.kind === "kubeconfig" ? connection.context.text : key;
    const isTaken = this.clouds.clusters.some(({ context }) => context === name);
    const cluster = this.clouds.addCluster(
      {
        context: isTaken ? target : name,
        kubeconfigs: connection.kind === "kubeconfig" ? [{ context: name, path: connection.path.text }] : [],
        aks: aksOf(connection),
        ...nodes,
        loadBalancers,
        issuer,
      },
      azure.subscriptionId ?? SUBSCRIPTION,
    );
    this.clusters.set(id, cluster);
    return cluster;
  }

  /** The registry and its group, where they are not ours to make. */
  private addAdopted(environment: Environment): void {
    const { azure, registry } = environment;
    const { arm } = this.clouds;
    const subscriptionId = azure.subscriptionId ?? SUBSCRIPTION;
    const group = registry.resourceGroup;
    if (group.kind === "adopted") this.addGroup(environment, group.name);
    const id = registryId(subscriptionId, group.name, registry.name);
    if (registry.kind === "created" && registry.customerManagedKey)
      this.addIdentity(environment, registry.customerManagedKey);
    if (registry.kind !== "adopted" || arm.registries.get(id) || this.made.has(registryProvision(environment))) return;
    const adopted = arm.createRegistry({
      ...{ subscriptionId, resourceGroup: group.name, name: registry.name, location: locationOf(registry) },
      ...{ sku: "Standard", tags: {}, hasNetworkRules: false },
      ...{ adminEnabled: false, anonymousPullEnabled: false, publicNetworkAccess: true },
    });
    if (registry.repositoryPermissions) adopted.roleAssignmentMode = "AbacRepositoryPermissions";
  }

  /** Whoever may use the key that encrypts the registry. */
  private addIdentity(environment: Environment, { identity: { name, resourceGroup } }: CustomerManagedKey): void {
    const { arm, entra } = this.clouds;
    this.addGroup(environment, resourceGroup);
    const id = identityId(environment.azure.subscriptionId ?? SUBSCRIPTION, resourceGroup, name);
    if (!arm.others.get(id)) arm.others.add({ id, principal: entra.createManagedIdentity(name) });
  }

  /** Existing key vaults, and the groups of those that the identity stacks make. */
  private addVaults(environment: Environment): void {
    const { azure, registry, clusters } = environment;
    const { arm } = this.clouds;
    const subscriptionId = azure.subscriptionId ?? SUBSCRIPTION;
    const vaultOf = ({ name, resourceGroup }: { readonly name: string; readonly resourceGroup: string }) => {
      this.addGroup(environment, resourceGroup);
      const id = vaultId(subscriptionId, resourceGroup, name);
      return arm.vaults.get(id) ?? arm.createVault(subscriptionId, resourceGroup, name, locationOf(registry));
    };
    for (const { vault } of Object.values(registry.tokens ?? {})) vaultOf(vault);
    for (const { loginServer, vault, usernameSecret, passwordSecret } of Object.values(registry.credentialSets ?? {})) {
      const found = vaultOf(vault);
      const valueOf = (name: string) => (found.secret(name) ?? found.setSecret(name, "theirs")).value;
      const login = { username: valueOf(usernameSecret), password: valueOf(passwordSecret) };
      const { logins } = this.clouds.registries.others;
      if (!logins.has(loginServer)) logins.set(loginServer, login);
    }
    for (const { pull } of Object.values(clusters)) {
      if (!hasPassword(pull) || pull.delivery.kind !== "keyVault") continue;
      const { vault } = pull.delivery;
      // The registry's group is made above, or by the registry stack.
      if (vault.resourceGroup !== registry.resourceGroup.name) this.addGroup(environment, vault.resourceGroup);
      const id = vaultId(subscriptionId, vault.resourceGroup, vault.name);
      if (vault.kind !== "adopted" || arm.vaults.get(id) || this.made.has(vaultProvision(environment, vault))) continue;
      arm.createVault(subscriptionId, vault.resourceGroup, vault.name, locationOf(registry));
    }
  }

  private addGroup(environment: Environment, name: string): void {
    const { azure, registry } = environment;
    const { arm } = this.clouds;
    const subscriptionId = azure.subscriptionId ?? SUBSCRIPTION;
    if (arm.groups.get(groupId(subscriptionId, name)) || this.made.has(groupProvision(environment, name))) return;
    arm.createGroup(subscriptionId, name, locationOf(registry));
  }

  private addNamespaces({ azure, namespaces }: Environment, clusters: readonly WorldCluster[]): void {
    for (const [name, { existing }] of Object.entries(namespaces)) {
      if (!existing) continue;
      for (const { config, cluster } of clusters) {
        const isMade = this.made.has(namespaceProvision(name, targetOf(config.connection, azure)));
        if (!isMade && !cluster.namespaces.get(undefined, name)) cluster.createNamespace({ name });
      }
    }
  }
}

function subscriptionsOf({ azure, clusters }: Environment): string[] {
  const ofClusters = Object.values(clusters).flatMap(({ connection }) => aksOf(connection)?.subscriptionId ?? []);
  return [azure.subscriptionId ?? SUBSCRIPTION, ...ofClusters];
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
