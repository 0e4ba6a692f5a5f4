import { isMapping, valueOf } from "./mapping";
import { clusterSchema } from "./schema/clusters";
import { labels as labelsSchema } from "./schema/common";

type Labels = Readonly<Record<string, string>>;

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
  if (!isMapping(cluster) || !Object.keys(cluster).every((key) => Object.hasOwn(clusterSchema.shape, key)))
    return undefined;
  return cluster.labels === undefined ? {} : labelsSchema.safeParse(cluster.labels).data;
}

/** What a file says of the clusters that something is on. */
export type ClusterChoice = readonly string[] | { readonly matchLabels: Labels };

/** @returns Keys of the clusters that are chosen, in the order of the list, or of the file where labels choose. */
export function chosen(choice: ClusterChoice, labelled: LabelledClusters): readonly string[] {
  return "matchLabels" in choice ? matching(choice.matchLabels, labelled) : choice;
}

/** @returns Keys of the clusters that have all of these labels, in the order of the file. */
export function matching(wanted: Labels, { labels }: LabelledClusters): string[] {
  return [...labels].flatMap(([key, own]) =>
    Object.entries(wanted).every(([label, value]) => own[label] === value) ? [key] : [],
  );
}
