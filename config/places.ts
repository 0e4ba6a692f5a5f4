import type { Environment, Namespace } from "./environment";
import { isBuiltInNamespace } from "./namespaces";
import { hasPassword } from "./passwords";

/** The namespaces of one cluster, by their names. */
export type Places = ReadonlyMap<string, Namespace>;

/**
 * The namespaces that get the pull secret on each cluster, whatever the way in: those of the workloads that run there, then
 * those that the file names for it.
 *
 * @returns By the keys of the clusters, of all of them.
 */
export function placesOf({
  clusters,
  namespaces,
  workloads,
}: Pick<Environment, "clusters" | "namespaces" | "workloads">): ReadonlyMap<string, Places> {
  const places = new Map(Object.keys(clusters).map((key) => [key, new Map<string, Namespace>()]));
  const add = (name: string, keys: readonly string[]) => {
    const settings = namespaces[name] ?? silentNamespace(name);
    for (const key of keys) places.get(key)?.set(name, settings);
  };
  for (const workload of Object.values(workloads)) add(workload.namespace, workload.clusters);
  for (const [name, namespace] of Object.entries(namespaces)) add(name, namespace.clusters);
  return places;
}

/** Keys of the clusters that passwords are made for, and that no namespace gets one on. */
export function clustersWithoutPlaces(environment: Parameters<typeof placesOf>[0]): string[] {
  const places = placesOf(environment);
  return Object.entries(environment.clusters)
    .filter(([key, { pull }]) => hasPassword(pull) && places.get(key)?.size === 0)
    .map(([key]) => key);
}

/** A namespace that the file does not mention. */
function silentNamespace(name: string): Namespace {
  return {
    existing: isBuiltInNamespace(name),
    podSecurity: "restricted",
    clusters: [],
    serviceAccounts: [],
    repositories: [],
    pullSecret: { labels: {}, annotations: {} },
    labels: {},
    annotations: {},
  };
}
