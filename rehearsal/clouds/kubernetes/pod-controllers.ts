import type { Deployment, PodController, Stored } from "./api-object";
import { KINDS } from "./kinds";

/** Kinds beside Deployments that make pods. */
export const POD_CONTROLLERS = [KINDS.statefulSet, KINDS.daemonSet, KINDS.job] as const;

/**
 * An object that makes pods as if it were a Deployment: one pod a node for a DaemonSet, and old pods go before new ones come.
 * @param nodes Their number.
 */
export function asDeployment(object: Stored<PodController>, nodes: number): Stored<Deployment> {
  if (object.kind === KINDS.deployment.kind) return object as Stored<Deployment>;
  const { spec } = object;
  const replicas = object.kind === KINDS.daemonSet.kind ? nodes : (spec.replicas ?? 1);
  const strategy = { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
  return { ...object, spec: { ...spec, selector: spec.selector ?? {}, replicas, strategy } };
}
