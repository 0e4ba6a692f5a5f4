import { ConfigError, suggestion } from "./problem";
import type { Environment } from "./environment";
import { shardOf, type Shard } from "./shard";

/** The environment with these clusters only, and with what runs on them. Its other stacks stay as they are, to the byte. */
export function withClusters(environment: Environment, keys: ReadonlySet<string>): Environment {
  const clusters = Object.entries(environment.clusters).filter(([key]) => keys.has(key));
  const workloads = Object.entries(environment.workloads).flatMap(([key, workload]) => {
    const here = workload.clusters.filter((cluster) => keys.has(cluster));
    return here.length > 0 ? [[key, { ...workload, clusters: here }] as const] : [];
  });
  const namespaces = Object.entries(environment.namespaces).map(
    ([name, namespace]) =>
      [name, { ...namespace, clusters: namespace.clusters.filter((cluster) => keys.has(cluster)) }] as const,
  );
  const manifests = Object.entries(environment.manifests).flatMap(([key, entry]) => {
    const here = entry.clusters.filter((cluster) => keys.has(cluster));
    return here.length > 0 ? [[key, { ...entry, clusters: here }] as const] : [];
  });
  return {
    ...environment,
    clusters: Object.fromEntries(clusters),
    namespaces: Object.fromEntries(namespaces),
    workloads: Object.fromEntries(workloads),
    manifests: Object.fromEntries(manifests),
  };
}

/**
 * Restricts environments to the chosen clusters. An environment that has none of them is left out.
 *
 * @param choices Keys of clusters.
 * @throws {ConfigError} Where no environment has a cluster that is chosen.
 */
export function selectClusters(environments: readonly Environment[], choices: readonly string[]): Environment[] {
  const known = environments.flatMap(({ clusters }) => Object.keys(clusters));
  const unknown = choices.filter((choice) => !known.includes(choice));
  if (unknown.length > 0) {
    const names = environments.map(({ name }) => name).join(", ");
    throw new ConfigError(
      unknown.map(
        (key) => `CLUSTERS (--cluster) must name clusters of ${names}, got: "${key}"${suggestion(key, known)}`,
      ),
    );
  }
  const keys = new Set(choices);
  return environments
    .map((environment) => withClusters(environment, keys))
    .filter(({ clusters }) => Object.keys(clusters).length > 0);
}

/** Restricts environments to the clusters of one part. One that has none of them keeps what its clusters share. */
export function selectShard(environments: readonly Environment[], { index, count }: Shard): Environment[] {
  return environments.map((environment) => {
    const keys = Object.keys(environment.clusters).filter((key) => shardOf(environment.name, key, count) === index);
    return withClusters(environment, new Set(keys));
  });
}
