import type { Pod } from "./pod-status";

/** How far a rollout is. */
export interface Progress {
  readonly wanted: number;
  /** Pods of the newest template, those that admission refused aside. */
  readonly updated: number;
  readonly existing: number;
  readonly ready: number;
  readonly isComplete: boolean;
  /** Why admission refuses new pods. @default - it does not */
  readonly refusal?: string | undefined;
  /** Why the first pod that does not run does not. @default - all run */
  readonly reason?: string | undefined;
}

export function progressOf(pods: readonly Pod[], replicaSet: string, wanted: number): Progress {
  const fresh = pods.filter((pod) => pod.replicaSet === replicaSet);
  const existing = pods.filter((pod) => pod.refusal === undefined).length;
  const updated = fresh.filter((pod) => pod.refusal === undefined).length;
  const ready = pods.filter((pod) => pod.reason === undefined).length;
  const isComplete = updated === wanted && existing === wanted && ready === wanted;
  const failed = fresh.find((pod) => pod.reason !== undefined);
  return { wanted, updated, existing, ready, isComplete, refusal: failed?.refusal, reason: failed?.reason };
}

/**
 * Waits as the kubernetes provider does.
 * @returns Its words where the rollout is not complete by then, or undefined.
 */
export function rolloutFault(progress: Progress, deadlineSeconds: number, timeoutSeconds: number): string | undefined {
  const { wanted, updated, existing, ready, isComplete } = progress;
  if (isComplete) return undefined;
  if (deadlineSeconds < timeoutSeconds) return "Deployment exceeded its progress deadline";
  if (updated < wanted) {
    return `Waiting for rollout to finish: ${updated} out of ${wanted} new replicas have been updated...`;
  }
  if (existing > updated) {
    return `Waiting for rollout to finish: ${existing - updated} old replicas are pending termination...`;
  }
  return `Waiting for rollout to finish: ${existing} replicas wanted; ${ready} replicas Ready`;
}
