import { DataKubernetesResource } from "@cdktf/provider-kubernetes/lib/data-kubernetes-resource";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { CheckedOutput } from "./checked-output";

export interface RolloutCheckProps {
  /** Names the output. */
  readonly workload: string;
  /** Name of the Deployment. */
  readonly name: string;
  /** Its namespace, as a reference where it is made here. */
  readonly namespace: string;
  /** `auto`: as many as somebody else says. */
  readonly replicas: number | "auto";
  /** The Deployment, so that it is looked at after it has been changed. */
  readonly deployment: ITerraformDependable;
  /**
   * What its pods need beside it, such as the pull secret: a run that changes it looks at the Deployment afterwards, and is not kept by a
   * rollout that has failed from delivering the very password that the rollout waits for.
   */
  readonly needs: readonly ITerraformDependable[];
}

/**
 * Fails every run as long as a Deployment does not run what was last released, with the cluster's own words. By itself only the
 * run in which a rollout fails does: the next one finds a Deployment that is as it should be, and says "No changes".
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 *
 * The condition is the output's, because a data source with conditions of its own is read late whenever anything upstream of
 * it changes, and OpenTofu counts opening an ephemeral password as such a change: no plan would be empty there.
 */
export class RolloutCheck extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { workload, name, namespace, replicas, deployment, needs }: RolloutCheckProps,
  ) {
    super(scope, id);
    const { fqn } = new DataKubernetesResource(this, "deployment", {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace },
      dependsOn: [deployment, ...needs],
    });
    const status = `${fqn}.object.status`;
    // Zero is no key of a status. Of a number that somebody else has just raised, not all pods need be there yet.
    const wanted = replicas === "auto" ? `try(${status}.replicas, 0)` : String(replicas);
    new CheckedOutput(this, "released", {
      name: `rollout_${workload}`,
      value: "complete",
      description: `Whether ${name} runs what was last released.`,
      condition: `\${alltrue([for c in ${status}.conditions : c.status == "True" if c.type == "Progressing"]) && try(${status}.updatedReplicas, 0) >= ${wanted}}`,
      errorMessage: `Deployment ${name} does not run what was last released. \${join("; ", [for c in ${status}.conditions : "\${c.type} is \${c.status}: \${c.message}"])}`,
    });
  }
}
