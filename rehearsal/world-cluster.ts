import type { ClusterConfig } from "../config";
import type { Cluster } from "./clouds/cluster";

/** A cluster of the environment, and its model in the clouds. */
export interface WorldCluster {
  readonly key: string;
  readonly config: ClusterConfig;
  readonly cluster: Cluster;
}
