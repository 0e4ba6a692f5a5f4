import type { Environment } from "../../config";
import { entryAt } from "../../config/entry-at";
import { placesOf } from "../../config/places";
import { secretNameIn } from "../../config/pull-secret";

/** What runs in a namespace of a group of clusters. */
export interface Running {
  readonly kind: "workload" | "manifests";
  /** Of its entry in the file. */
  readonly key: string;
  /** Clusters of the group that have it. */
  clusters: number;
  /** Keys of the images that it runs. */
  readonly images: readonly string[];
  /** Repositories of images that are in the registry and not in the file, as those that it caches. */
  readonly others: readonly string[];
}

/** A namespace of a group of clusters. */
export interface GroupNamespace {
  readonly name: string;
  /** Clusters of the group that have it. */
  clusters: number;
  /** Names of its pull secrets: one, unless clusters have names of their own. */
  readonly secrets: Set<string>;
  /** By kind and key. */
  readonly running: Map<string, Running>;
}

/** @returns For each group of clusters its namespaces, by their names. @param groups Keys of clusters. */
export function contentsOf(
  environment: Environment,
  groups: readonly (readonly string[])[],
): Map<string, GroupNamespace>[] {
  const { registry, clusters, workloads, manifests } = environment;
  const groupOf = new Map(groups.flatMap((keys, group) => keys.map((key) => [key, group] as const)));
  const contents = groups.map(() => new Map<string, GroupNamespace>());
  const namespaceOf = (cluster: string, name: string): GroupNamespace | undefined => {
    const group = contents[groupOf.get(cluster) ?? -1];
    const found = group?.get(name) ?? { name, clusters: 0, secrets: new Set(), running: new Map<string, Running>() };
    group?.set(name, found);
    return found;
  };
  for (const [cluster, places] of placesOf(environment)) {
    for (const [name, settings] of places) {
      const namespace = namespaceOf(cluster, name);
      if (!namespace) continue;
      namespace.clusters += 1;
      const secret = secretNameIn(registry, entryAt(clusters, cluster), settings);
      if (secret !== undefined) namespace.secrets.add(secret);
    }
  }
  const run = (cluster: string, name: string, found: Omit<Running, "clusters">) => {
    const running = namespaceOf(cluster, name)?.running;
    const id = `${found.kind} ${found.key}`;
    const known = running?.get(id);
    if (known) known.clusters += 1;
    else running?.set(id, { ...found, clusters: 1 });
  };
  for (const [key, { namespace, image, clusters: on }] of Object.entries(workloads)) {
    for (const cluster of on) run(cluster, namespace, { kind: "workload", key, images: [image], others: [] });
  }
  for (const [key, { clusters: on, set }] of Object.entries(manifests)) {
    const images = [...new Set(set.images.flatMap((image) => (image.kind === "known" ? [image.key] : [])))];
    const others = set.images.flatMap((image) => (image.kind === "other" ? [image.repository] : []));
    for (const { name, pulls } of set.namespaces) {
      for (const cluster of on)
        run(cluster, name, { kind: "manifests", key, images: pulls ? images : [], others: pulls ? others : [] });
    }
  }
  return contents;
}
