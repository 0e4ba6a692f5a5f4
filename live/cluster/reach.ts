import { notChecked, ok, type Findings } from "../check";
import type { ExpectedCluster } from "../expected";
import type { Live } from "../live";
import { clusterSubject, namespaceSubject } from "../subjects";
import type { Kubernetes } from "./kubernetes";
import type { Node } from "./objects";

/**
 * Asks a cluster for its version, and takes down what it says.
 *
 * @param leftOut What then is not checked in its namespaces.
 * @returns Undefined where it does not answer.
 */
export async function reach(
  findings: Findings,
  live: Live,
  expected: ExpectedCluster,
  leftOut: string,
): Promise<Kubernetes | undefined> {
  let cluster: Kubernetes | undefined;
  await findings.check(clusterSubject(expected.key), "answers", async () => {
    const found = await live.cluster(expected);
    const version = await found.version();
    cluster = found;
    return ok(`Kubernetes ${version}`);
  });
  if (!cluster) {
    for (const { name } of expected.namespaces)
      findings.add(namespaceSubject(expected.key, name), leftOut, notChecked("the cluster"));
  }
  return cluster;
}

/** Platforms of a cluster's nodes, such as `linux/amd64`, in the order of their names. @throws {NotAllowed} */
export async function nodePlatforms(cluster: Kubernetes): Promise<string[]> {
  const nodes = await cluster.list<Node>("/api/v1/nodes");
  const all = nodes.map(
    ({ status }) => `${status?.nodeInfo?.operatingSystem ?? "linux"}/${status?.nodeInfo?.architecture ?? ""}`,
  );
  return [...new Set(all)].sort();
}
