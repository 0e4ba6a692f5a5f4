import type { Variables } from "../config/environment";
import type { Text } from "../config/text";

/** What runs in a pod, and how. */
export interface PodOptions {
  /** Name of the container. */
  readonly name: string;
  /** By digest, `<host>/<repository>@…`, or by tag. */
  readonly image: string;
  /** Name of the pull secret in the namespace, as a reference where it is made here. @default - none */
  readonly pullSecretName: string | undefined;
  /** Port that the container listens on. @default - none: there are no probes */
  readonly port?: number | undefined;
  /** Program. @default - the image's ENTRYPOINT */
  readonly command?: readonly Text[] | undefined;
  /** Arguments of the program. @default - the image's CMD */
  readonly args?: readonly Text[] | undefined;
  /** `auto`: as many as somebody else says. */
  readonly replicas: number | "auto";
  /** HTTP path for the probes. @default - they open a TCP connection */
  readonly healthPath?: Text | undefined;
  /** @default - the probes' own */
  readonly probes?: ProbeTimes | undefined;
  /** CPU request, a Kubernetes quantity. */
  readonly cpu: string;
  /** Memory request, a Kubernetes quantity. */
  readonly memory: string;
  /** A Kubernetes quantity. @default - `memory` */
  readonly memoryLimit?: string | undefined;
  /** CPU limit, a Kubernetes quantity. @default - none, so that idle CPU of the node is not wasted */
  readonly cpuLimit?: string | undefined;
  readonly env: Variables;
  /** When nodes ask the registry for the image. @default IfNotPresent where it is pinned by its digest, else Always */
  readonly pullPolicy?: "IfNotPresent" | "Always" | undefined;
  /** Whether the root file system can be written to. @default false */
  readonly writableRoot?: boolean | undefined;
  /** Why it runs as user 0 with the runtime's capabilities. @default - it must not be root */
  readonly runAsRoot?: Text | undefined;
  /** Its pods get its token. @default - the namespace's own, without its token */
  readonly serviceAccount?: string | undefined;
  /** Folders that get an empty volume, since the root file system is read-only. */
  readonly writablePaths: readonly Text[];
  /** @default - the image's user, which must be a number other than 0 */
  readonly runAsUser?: number | undefined;
  /** Run on AKS virtual nodes (Azure Container Instances). */
  readonly virtualNodes: boolean;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** Whole seconds, and counts. */
export interface ProbeTimes {
  /** Time that the program has to start. @default 60 */
  readonly startupSeconds?: number | undefined;
  /** @default - 10 for readiness, 20 for liveness */
  readonly periodSeconds?: number | undefined;
  /** @default 1 */
  readonly timeoutSeconds?: number | undefined;
  /** @default 3 */
  readonly failureThreshold?: number | undefined;
}

export interface Toleration {
  readonly key: string;
  readonly operator: "Exists" | "Equal";
  /** With `Equal`. */
  readonly value?: string | undefined;
  /** @default - all effects */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
}
