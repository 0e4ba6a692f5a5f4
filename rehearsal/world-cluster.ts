import type { Cluster as ConfiguredCluster } from "../config";
import type { Cluster } from "./clouds/kubernetes/cluster";

/** A cluster of the environment, and its model in the clouds. */
export interface WorldCluster {
  readonly key: string;
  readonly config: ConfiguredCluster;
  readonly cluster: Cluster;
}
