import type { Cluster } from "../../config";

/** Clusters that are drawn as one box. */
export interface ClusterGroup {
  readonly id: string;
  /** Key of the only one, or what they have in common. */
  readonly title: string;
  /** Keys, in the order of the file. */
  readonly keys: readonly string[];
}

/** So many have a box each. */
const ALONE = 6;
const MOST_GROUPS = 8;

type Clusters = Readonly<Record<string, Cluster>>;

/** Something by which clusters differ. */
interface Facet {
  readonly name: string;
  /** Of each cluster, by its key. */
  readonly values: ReadonlyMap<string, string>;
}

/**
 * A few clusters by themselves; many by their labels, of which those are taken that tell most groups apart without making too many of
 * them. Without labels that tell any apart, by the method of pull and the kind of connection.
 */
export function groupClusters(clusters: Clusters): ClusterGroup[] {
  const keys = Object.keys(clusters);
  if (keys.length <= ALONE) return keys.map((key) => ({ id: `cluster-${key}`, title: key, keys: [key] }));
  const most = Math.min(MOST_GROUPS, Math.floor(keys.length / 2));
  const byLabels = telling(labelFacets(clusters), keys, most);
  const facets = byLabels.length > 0 ? byLabels : telling(otherFacets(clusters), keys, most);
  return [...partition(keys, facets)].map(([title, own], index) => ({
    id: `clusters-${index + 1}`,
    title: title === "" ? "all clusters" : title,
    keys: own,
  }));
}

/** Those of the facets that together make at most so many groups: the more one tells apart, the sooner it is taken. */
function telling(facets: readonly Facet[], keys: readonly string[], most: number): Facet[] {
  const counted = facets
    .map((facet) => ({ facet, count: partition(keys, [facet]).size }))
    .filter(({ count }) => count > 1)
    .toSorted((one, other) => other.count - one.count);
  const taken: Facet[] = [];
  for (const { facet } of counted) {
    if (partition(keys, [...taken, facet]).size <= most) taken.push(facet);
  }
  return taken;
}

function partition(keys: readonly string[], facets: readonly Facet[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const title = facets.map(({ name, values }) => `${name}: ${values.get(key) ?? "none"}`).join(", ");
    const group = groups.get(title);
    if (group) group.push(key);
    else groups.set(title, [key]);
  }
  return groups;
}

function labelFacets(clusters: Clusters): Facet[] {
  const names = new Set(Object.values(clusters).flatMap(({ labels = {} }) => Object.keys(labels)));
  return [...names].map((name) => ({
    name,
    values: new Map(
      Object.entries(clusters).flatMap(([key, { labels = {} }]) => {
        const value = labels[name];
        return value === undefined ? [] : [[key, value]];
      }),
    ),
  }));
}

function otherFacets(clusters: Clusters): Facet[] {
  const facet = (name: string, valueOf: (cluster: Cluster) => string): Facet => ({
    name,
    values: new Map(Object.entries(clusters).map(([key, cluster]) => [key, valueOf(cluster)])),
  });
  return [facet("pull", ({ pull }) => pull.kind), facet("reached by", ({ connection }) => connection.kind)];
}
