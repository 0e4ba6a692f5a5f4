import type { Environment } from "../config";
import { stackName } from "../config/names";
import { KINDS } from "./clouds/kubernetes/kinds";
import { MAKES_PODS } from "../manifests/pods";
import { StepFailure } from "./rehearsed-stack";
import type { WorldCluster } from "./world-cluster";

/**
 * Looks at the pods of manifests that Terraform does not wait for: jobs, and those of cron jobs, whose time has come.
 *
 * @throws {StepFailure} Where some do not run, with what the cluster and the registry say.
 */
export function assertManifestPodsRun(environment: Environment, { key, cluster }: WorldCluster): void {
  const kinds = Object.values(KINDS);
  for (const { clusters, set } of Object.values(environment.manifests)) {
    if (!clusters.includes(key)) continue;
    for (const { kind: name, name: object, namespace } of set.objects) {
      const kind = kinds.find((known) => known.kind === name);
      if (!kind || namespace === undefined || !MAKES_PODS.has(name)) continue;
      const causes = cluster.causes(namespace, object, kind);
      if (causes.length === 0) continue;
      const what = `pods of ${name} ${namespace}/${object} do not run`;
      throw new StepFailure(stackName(environment.name, "workload", key), "probe", [what, ...causes].join("\n"));
    }
  }
}
