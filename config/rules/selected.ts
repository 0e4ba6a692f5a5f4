import type { ClusterChoice } from "../labels";
import type { Sound } from "../parse";
import type { Path } from "../problem";

/** A choice of clusters, and where it stands. */
export interface Choice {
  readonly path: Path;
  readonly clusters: ClusterChoice;
}

/** All entries of a file that choose clusters, and have no problem of their own. */
export function choicesOf({ workloads, namespaces, manifests }: Sound): Choice[] {
  return [
    ...Object.entries(workloads).map(([key, { clusters }]) => ({ path: ["workloads", key, "clusters"], clusters })),
    ...Object.entries(manifests).map(([key, { clusters }]) => ({ path: ["manifests", key, "clusters"], clusters })),
    ...Object.entries(namespaces).flatMap(([key, { clusters }]) =>
      clusters ? [{ path: ["namespaces", key, "clusters"], clusters }] : [],
    ),
  ];
}
