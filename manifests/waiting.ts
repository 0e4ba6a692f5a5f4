import { valueOf, type Mapping } from "../config/mapping";
import type { Arguments } from "./arguments";
import { PROGRESS_DEADLINE } from "./explicit";

/** How much longer Terraform waits than Kubernetes, so that the cluster's own verdict on a rollout arrives. */
const MARGIN_SECONDS = 120;

/**
 * What the provider waits for after it has made an object. `kubectl apply` waits for nothing; rollouts are waited for all the
 * same, so that one that fails is seen, and everything else that might never come is not.
 *
 * @param type `kubernetes_job_v1`.
 */
export function waiting(type: string, object: Mapping): Arguments {
  switch (type) {
    case "kubernetes_deployment_v1":
      return {
        timeouts: { block: timeoutsOf(valueOf(object.spec, "progressDeadlineSeconds")) },
        ...(valueOf(object.spec, "paused") === true && { wait_for_rollout: false }),
      };
    case "kubernetes_daemon_set_v1":
    case "kubernetes_stateful_set_v1": {
      const strategy = valueOf(valueOf(object.spec, "updateStrategy"), "type");
      // Nobody knows when pods are deleted, and the provider refuses to wait.
      return strategy === "OnDelete" ? { wait_for_rollout: false } : {};
    }
    // A volume may wait for its first pod, which waits for the claim.
    case "kubernetes_persistent_volume_claim_v1":
      return { wait_until_bound: false };
    case "kubernetes_job_v1":
      return { wait_for_completion: false };
    case "kubernetes_service_v1":
    case "kubernetes_ingress_v1":
      return { wait_for_load_balancer: false };
    default:
      return {};
  }
}

function timeoutsOf(deadline: unknown): Arguments {
  const seconds = (typeof deadline === "number" ? deadline : PROGRESS_DEADLINE) + MARGIN_SECONDS;
  const timeout = { text: `${seconds}s` };
  return { create: timeout, update: timeout };
}
