import { DataKubernetesResource } from "@cdktf/provider-kubernetes/lib/data-kubernetes-resource";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface RolloutCheckProps {
  /** Name of the Deployment. */
  readonly name: string;
  /** Its namespace, as a reference where it is made here. */
  readonly namespace: string;
  readonly replicas: number;
  /** The Deployment, so that it is looked at after it has been changed. */
  readonly deployment: ITerraformDependable;
}

const CONDITIONS = "self.object.status.conditions";

/**
 * Fails every run as long as a Deployment does not run what was last released, with the cluster's own words. By itself only the
 * run in which a rollout fails does: the next one finds a Deployment that is as it should be, and says "No changes".
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 */
export class RolloutCheck extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, replicas, deployment }: RolloutCheckProps) {
    super(scope, id);
    new DataKubernetesResource(this, "deployment", {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace },
      dependsOn: [deployment],
      lifecycle: {
        postcondition: [
          {
            // Zero is no key of a status.
            condition: `\${alltrue([for c in ${CONDITIONS} : c.status == "True" if c.type == "Progressing"]) && try(self.object.status.updatedReplicas, 0) >= ${replicas}}`,
            errorMessage: `Deployment ${name} does not run what was last released. \${join("; ", [for c in ${CONDITIONS} : "\${c.type} is \${c.status}: \${c.message}"])}`,
          },
        ],
      },
    });
  }
}
