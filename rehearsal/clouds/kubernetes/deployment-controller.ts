import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../clock";
import type { Condition, Deployment, DeploymentStatus, PodTemplate, Stored } from "./api-object";
import type { Pod } from "./pod-status";
import { progressOf, type Progress } from "./rollout-progress";

/** Makes one pod, which then runs, or says why it does not. */
export type NewPod = (deployment: Stored<Deployment>, replicaSet: string, index: number) => Pod;

interface ReplicaSet {
  readonly name: string;
  readonly template: PodTemplate;
  readonly since: Date;
  /** Seconds that somebody waited for it. The clock stands still meanwhile. */
  waited: number;
  made: number;
  /** Whether all pods were ready once: no later failure of a pod takes that back. */
  hasCompleted: boolean;
}

/**
 * The Deployment and ReplicaSet controllers: keep the pods of every Deployment at its template and count. Other kinds that make
 * pods are kept in the same way, with a strategy of their own.
 */
export class DeploymentController {
  private live: Pod[] = [];
  private readonly current = new Map<string, ReplicaSet>();

  constructor(
    private readonly newPod: NewPod,
    private readonly clock: Clock,
  ) {}

  get pods(): readonly Pod[] {
    return this.live;
  }

  /**
   * Starts what is missing or does not run, as far as the strategy allows: pods of an older template go as new ones
   * become ready.
   */
  roll(deployment: Stored<Deployment>): void {
    const { replicas = 1 } = deployment.spec;
    const set = this.replicaSetOf(deployment);
    const { surge, unavailable } = boundsOf(deployment);
    const running = this.podsOf(deployment).filter((pod) => pod.reason === undefined);
    const fresh = running.filter((pod) => pod.replicaSet === set.name).slice(0, replicas);
    let old = running.filter((pod) => pod.replicaSet !== set.name);
    const others = this.live.filter((pod) => !belongs(pod, deployment));
    const settle = () => {
      this.live = [...others, ...old, ...fresh];
    };
    settle();
    for (;;) {
      const ready = fresh.filter((pod) => pod.reason === undefined).length;
      // Old pods go while enough are ready without them.
      old = old.slice(0, Math.max(replicas - unavailable - ready, 0));
      const room = Math.min(replicas - fresh.length, replicas + surge - fresh.length - old.length);
      if (room <= 0) break;
      for (let index = 0; index < room; index++) {
        fresh.push(this.newPod(deployment, set.name, set.made++));
        settle();
      }
    }
    if (fresh.every((pod) => pod.reason === undefined) && fresh.length === replicas) {
      old = [];
      set.hasCompleted = true;
    }
    settle();
  }

  remove(isGone: (pod: Pod) => boolean): void {
    this.live = this.live.filter((pod) => !isGone(pod));
  }

  /** Says that somebody has waited for the rollout so long. */
  wait(deployment: Stored<Deployment>, seconds: number): void {
    const set = this.replicaSetOf(deployment);
    set.waited = Math.max(set.waited, seconds);
  }

  /** @returns The status as the controller writes it: syncRolloutStatus in pkg/controller/deployment/progress.go of Kubernetes. */
  status(deployment: Stored<Deployment>): DeploymentStatus {
    const { generation = 1 } = deployment.metadata;
    const set = this.replicaSetOf(deployment);
    const progress = this.progress(deployment);
    const { existing, updated, ready, wanted } = progress;
    return {
      observedGeneration: generation,
      ...{ replicas: existing, updatedReplicas: updated, readyReplicas: ready, availableReplicas: ready },
      unavailableReplicas: Math.max(wanted - ready, 0),
      conditions: this.conditions(deployment, set, progress),
    };
  }

  progress(deployment: Stored<Deployment>): Progress {
    const pods = this.podsOf(deployment);
    const set = this.replicaSetOf(deployment);
    return progressOf(pods, set.name, deployment.spec.replicas ?? 1);
  }

  private conditions(deployment: Stored<Deployment>, set: ReplicaSet, progress: Progress): Condition[] {
    const { replicas = 1, progressDeadlineSeconds = 600 } = deployment.spec;
    const elapsed = Math.max((this.clock.now().getTime() - set.since.getTime()) / 1000, set.waited);
    const isAvailable = progress.ready >= replicas - boundsOf(deployment).unavailable;
    const named = `ReplicaSet "${set.name}"`;
    const isResync = set.hasCompleted && progress.existing === progress.updated;
    const progressing: Condition =
      progress.isComplete || isResync
        ? condition("Progressing", true, "NewReplicaSetAvailable", `${named} has successfully progressed.`)
        : elapsed >= progressDeadlineSeconds
          ? condition("Progressing", false, "ProgressDeadlineExceeded", `${named} has timed out progressing.`)
          : condition("Progressing", true, "ReplicaSetUpdated", `${named} is progressing.`);
    const { refusal } = progress;
    return [
      isAvailable
        ? condition("Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability.")
        : condition(
            ...(["Available", false, "MinimumReplicasUnavailable"] as const),
            "Deployment does not have minimum availability.",
          ),
      progressing,
      ...(refusal === undefined ? [] : [condition("ReplicaFailure", true, "FailedCreate", refusal)]),
    ];
  }

  private replicaSetOf(deployment: Stored<Deployment>): ReplicaSet {
    const { namespace = "", name, uid } = deployment.metadata;
    const key = `${deployment.kind}/${namespace}/${name}/${uid}`;
    const known = this.current.get(key);
    const { template } = deployment.spec;
    if (known && isDeepStrictEqual(known.template, template)) return known;
    const set = {
      name: `${name}-${hashOf({ kind: deployment.kind, template })}`,
      template,
      since: this.clock.now(),
      waited: 0,
      made: 0,
      hasCompleted: false,
    };
    this.current.set(key, set);
    return set;
  }

  private podsOf(deployment: Stored<Deployment>): Pod[] {
    return this.live.filter((pod) => belongs(pod, deployment));
  }
}

function belongs(pod: Pod, { kind, metadata }: Stored<Deployment>): boolean {
  return pod.kind === kind && pod.namespace === metadata.namespace && pod.deployment === metadata.name;
}

/** How many pods more, and how many fewer, there may be during a rollout. */
function boundsOf({ spec }: Deployment): { surge: number; unavailable: number } {
  const { replicas = 1, strategy } = spec;
  if (strategy?.type === "Recreate") return { surge: 0, unavailable: replicas };
  const { maxSurge = "25%", maxUnavailable = "25%" } = strategy?.rollingUpdate ?? {};
  const surge = countOf(maxSurge, replicas, Math.ceil);
  const unavailable = countOf(maxUnavailable, replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function countOf(bound: number | string, replicas: number, round: (value: number) => number): number {
  const text = String(bound);
  return text.endsWith("%") ? round((Number(text.slice(0, -1)) / 100) * replicas) : Number(text);
}

function condition(type: string, isTrue: boolean, reason: string, message: string): Condition {
  return { type, status: isTrue ? "True" : "False", reason, message };
}

/** As the controller's own: letters and digits that make no words. */
function hashOf(template: object): string {
  const alphabet = "bcdfghjklmnpqrstvwxz2456789";
  const bytes = createHash("sha256").update(JSON.stringify(template)).digest().subarray(0, 10);
  return [...bytes].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
}
