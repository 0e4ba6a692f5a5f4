import type { CronJob, Deployment, PodController, PodObject, PodTemplate, Stored } from "./api-object";
import { KINDS } from "./kinds";

/** Kinds beside Deployments that make pods, or are one. */
export const POD_CONTROLLERS = [
  ...[KINDS.statefulSet, KINDS.daemonSet, KINDS.job, KINDS.cronJob, KINDS.replicationController, KINDS.pod],
] as const;

type Controller = Stored<PodController | CronJob | PodObject>;

/**
 * An object that makes pods as if it were a Deployment, where old pods go before new ones come: one pod a node for a DaemonSet,
 * one for a CronJob, whose time has come.
 * @param nodes Their number.
 */
export function asDeployment(object: Controller, nodes: number): Stored<Deployment> {
  if (object.kind === KINDS.deployment.kind) return object as Stored<Deployment>;
  const strategy = { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
  const { selector = {} } = object.spec as Partial<PodController["spec"]>;
  const replicas = replicasOf(object, nodes);
  return { ...object, spec: { selector, template: templateOf(object), replicas, strategy } };
}

function templateOf({ kind, metadata, spec }: Controller): PodTemplate {
  switch (kind) {
    case KINDS.pod.kind:
      return { metadata: { ...metadata }, spec: spec as PodObject["spec"] };
    case KINDS.cronJob.kind:
      return (spec as CronJob["spec"]).jobTemplate.spec.template;
    default:
      return (spec as PodController["spec"]).template;
  }
}

function replicasOf({ kind, spec }: Controller, nodes: number): number {
  switch (kind) {
    case KINDS.daemonSet.kind:
      return nodes;
    case KINDS.job.kind:
      return (spec as { parallelism?: number }).parallelism ?? 1;
    case KINDS.cronJob.kind:
      return (spec as CronJob["spec"]).suspend ? 0 : 1;
    default:
      return (spec as PodController["spec"]).replicas ?? 1;
  }
}
