import { CloudError } from "../sdk/model";
import { ById, covers, groupId, vaultId } from "./arm-ids";
import type { Clock } from "./clock";
import type { Entra } from "./entra";
import type { Principal } from "./entra-objects";
import { httpError } from "./http-error";
import type { Ids } from "./ids";
import { KeyVault } from "./key-vault";
import { Locks } from "./locks";
import type { Registry, RegistryRequest } from "./registry-object";
import { assertSkuAllows, changeable, newRegistry } from "./registry-object";
import { RoleAssignments } from "./roles";

export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  tags: Readonly<Record<string, string>>;
}

/** An AKS cluster as ARM describes it. What runs in it is the business of the `Cluster` with the same host. */
export interface AksCluster {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tenantId: string;
  readonly host: string;
  /** Base64 of a PEM certificate. */
  readonly caCertificate: string;
  readonly kubelet: Principal;
  /** Of its service account tokens. @default - its OIDC issuer is off */
  readonly issuer?: string | undefined;
}

export interface OtherResource {
  readonly id: string;
  /** Who it is, of a managed identity. @default - it is none */
  readonly principal?: Principal;
}

/** Azure Resource Manager. */
export class Arm {
  readonly groups = new ById<ResourceGroup>();
  readonly registries = new ById<Registry>();
  readonly locks = new Locks();
  readonly vaults = new ById<KeyVault>();
  readonly clusters = new ById<AksCluster>();
  /** Whatever has no behaviour here: webhooks, private endpoints, diagnostic settings. */
  readonly others = new ById<OtherResource>();
  readonly roles: RoleAssignments;
  /** Registry names that belong to somebody else, lower case. */
  readonly takenRegistryNames = new Set<string>();
  /** Domain of the registries' login servers. */
  registryDomain = "azurecr.io";
  /** Login servers of registries that are not at `<name>.<domain>`, by name in lower case. */
  private readonly loginServers = new Map<string, string>();

  constructor(
    readonly clock: Clock,
    readonly ids: Ids,
    readonly entra: Entra,
    readonly subscriptionIds: string[],
  ) {
    this.roles = new RoleAssignments(entra, ids);
  }

  /** @throws CloudError for a subscription that the tenant has not. */
  assertSubscription(subscriptionId: string): void {
    if (this.subscriptionIds.includes(subscriptionId)) return;
    throw httpError(404, "SubscriptionNotFound", `The subscription '${subscriptionId}' could not be found.`);
  }

  createGroup(subscriptionId: string, name: string, location: string, tags: ResourceGroup["tags"] = {}): ResourceGroup {
    this.assertSubscription(subscriptionId);
    return this.groups.add({ id: groupId(subscriptionId, name), name, location, tags });
  }

  /** @param evenWithContent Takes everything in the group along. @throws CloudError for a group that is not empty. */
  deleteGroup(id: string, evenWithContent = false): void {
    const group = this.groups.get(id);
    if (!group) return;
    this.locks.assertUnlocked(id, "delete");
    const all = [this.registries, this.vaults, this.clusters, this.others];
    const content = all
      .flatMap((kind): { readonly id: string }[] => kind.values())
      .map((resource) => resource.id)
      .filter((resource) => covers(id, resource));
    if (content.length > 0 && !evenWithContent) throw groupNotEmpty(group.name, content);
    for (const resource of content) this.deleteResource(resource);
    this.groups.delete(id);
    this.roles.deleteUnder(id);
  }

  /** @throws CloudError where the name is taken, the group is missing, or the SKU does not allow what is asked for. */
  createRegistry(request: RegistryRequest): Registry {
    this.assertGroup(request.subscriptionId, request.resourceGroup);
    const lower = request.name.toLowerCase();
    if (
      this.takenRegistryNames.has(lower) ||
      this.registries.values().some((other) => other.name.toLowerCase() === lower)
    ) {
      throw new CloudError(
        `the name "${request.name}" used for the Container Registry needs to be globally unique and isn't available: The registry ${request.name} is already in use.`,
      );
    }
    assertSkuAllows(request);
    return this.registries.add(
      newRegistry(request, this.ids, this.loginServers.get(lower) ?? `${lower}.${this.registryDomain}`),
    );
  }

  /** Gives a registry, there or to come, another login server than `<name>.<domain>`. */
  setLoginServer(name: string, loginServer: string): void {
    const lower = name.toLowerCase();
    this.loginServers.set(lower, loginServer);
    const there = this.registries.values().find((registry) => registry.name.toLowerCase() === lower);
    if (there) there.loginServer = loginServer;
  }

  updateRegistry(registry: Registry, request: RegistryRequest): void {
    assertSkuAllows(request);
    Object.assign(registry, changeable(request));
  }

  createVault(subscriptionId: string, resourceGroup: string, name: string, location: string): KeyVault {
    this.assertGroup(subscriptionId, resourceGroup);
    if (this.vaults.values().some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      throw httpError(
        409,
        "VaultAlreadyExists",
        `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
      );
    }
    const id = vaultId(subscriptionId, resourceGroup, name);
    return this.vaults.add(new KeyVault(id, name, location, this.entra.tenantId, this.ids));
  }

  /** Deletes a registry, a vault or a cluster, with the roles on it. */
  deleteResource(id: string): void {
    this.locks.assertUnlocked(id, "delete");
    this.registries.delete(id);
    this.vaults.delete(id);
    this.clusters.delete(id);
    for (const other of this.others.values()) if (covers(id, other.id)) this.others.delete(other.id);
    this.roles.deleteUnder(id);
  }

  /** @throws CloudError for the id of an object that is not there: a scope for a role or a lock, say. */
  assertExists(id: string): void {
    const subscription = /^\/subscriptions\/([^/]+)$/.exec(id)?.[1];
    if (subscription !== undefined) {
      this.assertSubscription(subscription);
      return;
    }
    if ([this.groups, this.registries, this.vaults, this.clusters, this.others].some((kind) => kind.get(id))) return;
    const [vault, secret] = id.split("/secrets/");
    if (secret !== undefined && this.vaults.get(vault ?? "")?.secret(secret)) return;
    throw httpError(404, "ResourceNotFound", `The Resource '${id}' was not found.`);
  }

  private assertGroup(subscriptionId: string, name: string): void {
    this.assertSubscription(subscriptionId);
    if (this.groups.get(groupId(subscriptionId, name))) return;
    throw httpError(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
  }
}

function groupNotEmpty(name: string, content: readonly string[]): CloudError {
  const list = content.map((id) => `* \`${id}\``).join("\n");
  return new CloudError(
    `deleting Resource Group "${name}": the Resource Group still contains Resources.\n\nTerraform has detected that the following Resources still exist within the Resource Group:\n\n${list}`,
  );
}
