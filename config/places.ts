import type { Environment, Namespace } from "./environment";
import { isBuiltInNamespace } from "./namespaces";
import { makesSecret } from "./passwords";

type PodSecurity = Namespace["podSecurity"];

/** A namespace of one cluster. */
export interface Place extends Namespace {
  /** The entry of manifests, and the id of the object in it, that make the namespace. @default - none does */
  readonly madeBy?: ObjectOfSet;
}

/** An object of an entry of manifests. */
export interface ObjectOfSet {
  /** Key of the entry. */
  readonly key: string;
  readonly id: string;
}

/** The namespaces of one cluster, by their names. */
export type Places = ReadonlyMap<string, Place>;

/**
 * The namespaces that get the pull secret on each cluster, whatever the way in: those of the workloads that run there,
 * those of manifests whose pods pull or that nobody else makes, and those that the file names for it.
 *
 * @returns By the keys of the clusters, of all of them.
 */
export function placesOf({
  clusters,
  namespaces,
  workloads,
  manifests,
}: Pick<Environment, "clusters" | "namespaces" | "workloads" | "manifests">): ReadonlyMap<string, Places> {
  const places = new Map(Object.keys(clusters).map((key) => [key, new Map<string, Place>()]));
  const add = (name: string, keys: readonly string[], podSecurity?: PodSecurity) => {
    for (const key of keys) {
      const known = places.get(key)?.get(name);
      const settings = namespaces[name] ?? silentNamespace(name, laxest(podSecurity, known?.podSecurity));
      places.get(key)?.set(name, settings);
    }
  };
  for (const workload of Object.values(workloads)) add(workload.namespace, workload.clusters);
  for (const { clusters: keys, set } of Object.values(manifests)) {
    for (const { name, madeBy, pulls, podSecurity } of set.namespaces) {
      const isThere = isBuiltInNamespace(name) || namespaces[name]?.existing === true;
      if (pulls || (madeBy === undefined && !isThere)) add(name, keys, podSecurity);
    }
  }
  for (const [name, namespace] of Object.entries(namespaces)) add(name, namespace.clusters);
  for (const [key, { clusters: keys, set }] of Object.entries(manifests)) {
    for (const { name, madeBy: id } of set.namespaces) {
      if (id === undefined) continue;
      for (const cluster of keys) {
        const place = places.get(cluster)?.get(name);
        if (place) places.get(cluster)?.set(name, { ...place, madeBy: { key, id } });
      }
    }
  }
  return places;
}

/** Keys of the clusters that something to pull with is made for, and that no namespace gets a secret on. */
export function clustersWithoutPlaces(environment: Parameters<typeof placesOf>[0]): string[] {
  const places = placesOf(environment);
  return Object.entries(environment.clusters)
    .filter(([key, { pull }]) => makesSecret(pull) && places.get(key)?.size === 0)
    .map(([key]) => key);
}

const LAX_FIRST: readonly PodSecurity[] = ["privileged", "baseline", "restricted"];

/** Of what several ask for in one namespace, what lets all of them in. */
function laxest(...wanted: readonly (PodSecurity | undefined)[]): PodSecurity {
  return LAX_FIRST.find((standard) => wanted.includes(standard)) ?? "restricted";
}

/** A namespace that the file does not mention. */
function silentNamespace(name: string, podSecurity: PodSecurity): Namespace {
  return {
    existing: isBuiltInNamespace(name),
    podSecurity,
    clusters: [],
    serviceAccounts: [],
    repositories: [],
    pullSecret: { labels: {}, annotations: {} },
    labels: {},
    annotations: {},
  };
}
