import type { Edit } from "./edit";
import { OF_CLUSTERS } from "./of-clusters";
import { OF_IMAGES } from "./of-images";
import { OF_PULL } from "./of-pull";
import { OF_REGISTRY } from "./of-registry";
import { OF_WORKLOADS } from "./of-workloads";

/** The edits that docs/edits.md tells of, by its headings. */
export const EDITS = {
  Registry: OF_REGISTRY,
  Images: OF_IMAGES,
  "Ways to pull": OF_PULL,
  "Clusters, states and environments": OF_CLUSTERS,
  Workloads: OF_WORKLOADS,
} as const satisfies Record<string, readonly Edit[]>;
