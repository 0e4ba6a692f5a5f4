import type { PodSpec, PodTemplate } from "./api-object";

/** A pod as a kubelet gets it. */
export interface ScheduledPod {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly spec: PodSpec;
  readonly node: string;
  /** `linux/amd64`. */
  readonly platform: string;
}

/** Why a container does not run, as in its status. */
export interface ContainerFault {
  readonly state: "waiting" | "terminated";
  readonly reason: string;
  readonly message: string;
  /** What the kubelet does not say, where more is known. */
  readonly explanation?: string | undefined;
}

export interface PodEvent {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/** What came of starting one container. */
export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly digest?: string;
  /** @default - it runs */
  readonly fault?: ContainerFault;
}

/** A pod of a Deployment. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  /** Of what made it: `Deployment`. */
  readonly kind: string;
  /** Name of what made it. */
  readonly deployment: string;
  readonly replicaSet: string;
  /** The template that it was made from. */
  readonly template: PodTemplate;
  /** Digest of each container's image; empty where the pod does not run. */
  readonly digests: readonly string[];
  /** @default - none: no node has taken the pod */
  readonly statuses?: readonly ContainerStatus[];
  /** Why the pod does not run, with what its kubelet does not say. @default - it runs */
  readonly reason?: string | undefined;
  /** Admission refused it: it exists only as its ReplicaSet's wish. */
  readonly refusal?: string | undefined;
}
