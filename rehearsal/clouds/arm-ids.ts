/** The ids of Azure Resource Manager. They compare without regard to case. */

export function groupId(subscriptionId: string, group: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}`;
}

/** @param type With its provider: `Microsoft.ContainerRegistry/registries`. */
function resourceId(subscriptionId: string, group: string, type: string, name: string): string {
  return `${groupId(subscriptionId, group)}/providers/${type}/${name}`;
}

/** @returns Whether `scope` is the object with this id, or one that holds it. */
export function covers(scope: string, id: string): boolean {
  const outer = scope.toLowerCase();
  const inner = id.toLowerCase();
  return inner === outer || inner.startsWith(`${outer}/`);
}

export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Objects by id, found whatever the case of the id that asks. */
export class ById<T extends { readonly id: string }> {
  private readonly objects = new Map<string, T>();

  get(id: string): T | undefined {
    return this.objects.get(id.toLowerCase());
  }

  add(object: T): T {
    this.objects.set(object.id.toLowerCase(), object);
    return object;
  }

  delete(id: string): void {
    this.objects.delete(id.toLowerCase());
  }

  values(): T[] {
    return [...this.objects.values()];
  }
}

export function registryId(subscriptionId: string, group: string, name: string): string {
  return resourceId(subscriptionId, group, "Microsoft.ContainerRegistry/registries", name);
}

export function vaultId(subscriptionId: string, group: string, name: string): string {
  return resourceId(subscriptionId, group, "Microsoft.KeyVault/vaults", name);
}

export function identityId(subscriptionId: string, group: string, name: string): string {
  return resourceId(subscriptionId, group, "Microsoft.ManagedIdentity/userAssignedIdentities", name);
}

export function clusterId(subscriptionId: string, group: string, name: string): string {
  return resourceId(subscriptionId, group, "Microsoft.ContainerService/managedClusters", name);
}
