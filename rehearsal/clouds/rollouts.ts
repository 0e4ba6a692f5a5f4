import type { Deployment, PodTemplate } from "./kubernetes-objects";

export interface Pod {
  readonly namespace: string;
  readonly deployment: string;
  /** The template that it was made from. */
  readonly template: PodTemplate;
  /** Digest of each container's image; empty where the pod does not run. */
  readonly digests: readonly string[];
  /** Why the pod does not run. @default - it runs */
  readonly reason?: string | undefined;
  /** Admission refused it: it exists only as its Deployment's wish. */
  readonly refused: boolean;
}

/** The Deployment controller: keeps the pods of every Deployment at its template and count. */
export class Rollouts {
  private live: Pod[] = [];

  /** @param newPod Makes one pod, which then runs, or says why it does not. */
  constructor(private readonly newPod: (deployment: Deployment) => Pod) {}

  get pods(): readonly Pod[] {
    return this.live;
  }

  /** Starts what is missing or does not run. Pods of an older template stay until all new ones run. */
  roll(deployment: Deployment): void {
    const running = this.podsOf(deployment).filter((pod) => pod.reason === undefined);
    const fresh = running.filter((pod) => isFresh(pod, deployment)).slice(0, deployment.replicas);
    while (fresh.length < deployment.replicas) fresh.push(this.newPod(deployment));
    const complete = fresh.every((pod) => pod.reason === undefined);
    const old = complete ? [] : running.filter((pod) => !isFresh(pod, deployment));
    this.live = [...this.live.filter((pod) => !belongs(pod, deployment)), ...old, ...fresh];
  }

  remove(isGone: (pod: Pod) => boolean): void {
    this.live = this.live.filter((pod) => !isGone(pod));
  }

  /** @returns Why the rollout is not complete, in the provider's words and the pod's, or undefined where it is. */
  fault(deployment: Deployment): string | undefined {
    const all = this.podsOf(deployment);
    const fresh = all.filter((pod) => isFresh(pod, deployment));
    const reason = fresh.find((pod) => pod.reason !== undefined)?.reason;
    if (reason === undefined) return undefined;
    const wanted = deployment.replicas;
    const existing = fresh.filter((pod) => !pod.refused).length;
    const old = all.length - fresh.length;
    const ready = fresh.filter((pod) => pod.reason === undefined).length;
    const status =
      existing < wanted
        ? `${existing} out of ${wanted} new replicas have been updated...`
        : old > 0
          ? `${old} old replicas are pending termination...`
          : `${wanted} replicas wanted; ${ready} replicas Ready`;
    return `Waiting for rollout to finish: ${status}\n${reason}`;
  }

  private podsOf(deployment: Deployment): Pod[] {
    return this.live.filter((pod) => belongs(pod, deployment));
  }
}

function belongs(pod: Pod, { namespace, name }: Deployment): boolean {
  return pod.namespace === namespace && pod.deployment === name;
}

function isFresh(pod: Pod, deployment: Deployment): boolean {
  return JSON.stringify(pod.template) === JSON.stringify(deployment.template);
}
