import { isMapping, valueOf } from "./mapping";
import { suggestion, type Path, type Problem } from "./problem";
import { clusterSchema } from "./schema/clusters";
import { labels as labelsSchema } from "./schema/common";
import type { WorkloadConfig, WrittenWorkload } from "./schema/environment";

type Labels = Readonly<Record<string, string>>;
type WrittenWorkloads = Readonly<Record<string, WrittenWorkload>>;

/** The clusters of a file, also those with errors of their own. */
export interface LabelledClusters {
  readonly labels: ReadonlyMap<string, Labels>;
  /** Whether all labels could be read. Otherwise a selector that matches nothing may be right. */
  readonly complete: boolean;
}

/** @param data The file's, with defaults. */
export function labelledClusters(data: unknown): LabelledClusters {
  const clusters = valueOf(data, "clusters");
  const read = Object.entries(isMapping(clusters) ? clusters : {}).map(
    ([key, cluster]) => [key, labelsOf(cluster)] as const,
  );
  return {
    labels: new Map(read.map(([key, labels]) => [key, labels ?? {}])),
    complete: isMapping(clusters) && read.every(([, labels]) => labels !== undefined),
  };
}

/** @returns Nothing where the labels are wrong, or may be what an unknown key is meant to be. */
function labelsOf(cluster: unknown): Labels | undefined {
  if (!isMapping(cluster) || !Object.keys(cluster).every((key) => key in clusterSchema.shape)) return undefined;
  return cluster.labels === undefined ? {} : labelsSchema.safeParse(cluster.labels).data;
}

/** Workloads with the keys of the clusters that they select, in the order of the file. */
export function withSelectedClusters(
  workloads: WrittenWorkloads,
  clusters: LabelledClusters,
): Record<string, WorkloadConfig> {
  return Object.fromEntries(
    Object.entries(workloads).map(([key, workload]) => [
      key,
      {
        ...workload,
        clusters: Array.isArray(workload.clusters)
          ? workload.clusters
          : matching(workload.clusters.matchLabels, clusters),
      },
    ]),
  );
}

/** Selectors that match no cluster. Where one label alone matches none, it is the one to look at. */
export function selectorProblems(workloads: WrittenWorkloads, clusters: LabelledClusters): Problem[] {
  if (!clusters.complete) return [];
  return Object.entries(workloads).flatMap(([key, { clusters: selector }]) => {
    if (Array.isArray(selector) || matching(selector.matchLabels, clusters).length > 0) return [];
    const path = ["workloads", key, "clusters", "matchLabels"];
    const unmatched = Object.entries(selector.matchLabels).flatMap(([label, value]) =>
      labelProblems([...path, label], label, value, clusters),
    );
    return unmatched.length > 0 ? unmatched : [{ path, rule: "matches no cluster", showValue: false }];
  });
}

function labelProblems(path: Path, label: string, value: string, { labels }: LabelledClusters): Problem[] {
  const all = [...labels.values()];
  const values = all.flatMap((own) => (Object.hasOwn(own, label) ? [own[label] ?? ""] : []));
  if (values.includes(value)) return [];
  if (values.length > 0) return [{ path, rule: `matches no cluster${suggestion(value, values)}` }];
  const known = all.flatMap((own) => Object.keys(own));
  return [{ path, rule: `is a label of no cluster${suggestion(label, known)}`, atKey: true }];
}

function matching(wanted: Labels, { labels }: LabelledClusters): string[] {
  return [...labels].flatMap(([key, own]) =>
    Object.entries(wanted).every(([label, value]) => own[label] === value) ? [key] : [],
  );
}
