import type { Environment } from "../config";
import { targetOf } from "../config/cluster-target";
import { isBuiltInNamespace } from "../config/namespaces";
import { hasPassword } from "../config/passwords";
import { placesOf } from "../config/places";
import { SUBSCRIPTION } from "./subscription";

/** What environments of one run have to do with each other, by names that are equal for equal things. */
export interface Provisions {
  /** What the environment makes. */
  readonly makes: ReadonlySet<string>;
  /** What it takes as there. */
  readonly expects: ReadonlySet<string>;
}

export function provisionsOf(environment: Environment): Provisions {
  const { azure, registry, clusters, namespaces } = environment;
  const places = placesOf(environment);
  const makes = new Set<string>();
  const expects = new Set<string>();
  const note = (kind: "created" | "adopted", what: string) => (kind === "created" ? makes : expects).add(what);

  note(registry.resourceGroup.kind, groupProvision(environment, registry.resourceGroup.name));
  note(registry.kind, registryProvision(environment));
  for (const [key, cluster] of Object.entries(clusters)) {
    if (hasPassword(cluster.pull) && cluster.pull.delivery.kind === "keyVault") {
      const { vault } = cluster.pull.delivery;
      note(vault.kind, vaultProvision(environment, vault));
      const group = groupProvision(environment, vault.resourceGroup);
      if (!makes.has(group)) expects.add(group);
    }
    const target = targetOf(cluster.connection, azure);
    for (const [name, { existing }] of Object.entries(namespaces)) {
      if (existing) expects.add(namespaceProvision(name, target));
    }
    for (const [name, { existing }] of places.get(key) ?? []) {
      if (!isBuiltInNamespace(name) && !existing) makes.add(namespaceProvision(name, target));
    }
  }
  return { makes, expects };
}

/** @returns The environments in an order in which each finds what another one makes, as far as there is one. */
export function inOrderOfProvisions(environments: readonly Environment[]): Environment[] {
  const left = environments.map((environment) => ({ environment, ...provisionsOf(environment) }));
  const ordered: Environment[] = [];
  while (left.length > 0) {
    const waits = ({ environment, expects }: (typeof left)[number]) =>
      left.some((other) => other.environment !== environment && [...expects].some((what) => other.makes.has(what)));
    const index = left.findIndex((one) => !waits(one));
    const [next] = left.splice(Math.max(index, 0), 1);
    if (next) ordered.push(next.environment);
  }
  return ordered;
}

export function groupProvision({ azure }: Environment, name: string): string {
  return `group ${azure.subscriptionId ?? SUBSCRIPTION}/${name}`.toLowerCase();
}

export function registryProvision({ azure, registry }: Environment): string {
  return `registry ${azure.subscriptionId ?? SUBSCRIPTION}/${registry.resourceGroup.name}/${registry.name}`.toLowerCase();
}

export function vaultProvision(
  { azure }: Environment,
  vault: { readonly resourceGroup: string; readonly name: string },
): string {
  return `vault ${azure.subscriptionId ?? SUBSCRIPTION}/${vault.resourceGroup}/${vault.name}`.toLowerCase();
}

/** @param target The cluster, as `targetOf` calls it. */
export function namespaceProvision(name: string, target: string): string {
  return `namespace ${name} on ${target}`;
}
