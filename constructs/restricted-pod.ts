import type { DeploymentV1SpecTemplateSpec } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { Text, Texts } from "../config/text";
import { literal, literals } from "./literal";
import { nonEmpty } from "./non-empty";

/**
 * Node selector and tolerations of AKS virtual nodes.
 * https://learn.microsoft.com/azure/aks/virtual-nodes-cli#deploy-a-sample-app
 */
const VIRTUAL_NODES = {
  nodeSelector: {
    "kubernetes.io/role": "agent",
    "kubernetes.io/os": "linux",
    type: "virtual-kubelet",
  },
  toleration: [
    { key: "virtual-kubelet.io/provider", operator: "Exists" },
    { key: "azure.com/aci", effect: "NoSchedule" },
  ],
};

/** Ports below this one are privileged: https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/ */
const FIRST_UNPRIVILEGED_PORT = 1024;

/** What runs in a pod, and how. */
export interface PodOptions {
  /** Name of the container. */
  readonly name: string;
  /** By digest, `<host>/<repository>@…`, or by tag. */
  readonly image: string;
  /** Name of the pull secret in the namespace, as a reference where it is made here. @default - none */
  readonly pullSecretName: string | undefined;
  /** Port that the container listens on. */
  readonly port: number;
  /** `auto`: as many as somebody else says. */
  readonly replicas: number | "auto";
  /** HTTP path for the probes. @default - they open a TCP connection */
  readonly healthPath?: Text | undefined;
  /** CPU request, a Kubernetes quantity. */
  readonly cpu: string;
  /** Memory request and limit, a Kubernetes quantity. */
  readonly memory: string;
  /** CPU limit, a Kubernetes quantity. @default - none, so that idle CPU of the node is not wasted */
  readonly cpuLimit?: string | undefined;
  readonly env: Texts;
  /** When nodes ask the registry for the image. @default IfNotPresent where it is pinned by its digest, else Always */
  readonly pullPolicy?: "IfNotPresent" | "Always" | undefined;
  /** Folders that get an empty volume, since the root file system is read-only. */
  readonly writablePaths: readonly Text[];
  /** @default - the image's user, which must be a number other than 0 */
  readonly runAsUser?: number | undefined;
  /** Run on AKS virtual nodes (Azure Container Instances). */
  readonly virtualNodes: boolean;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

export interface Toleration {
  readonly key: string;
  readonly operator: "Exists" | "Equal";
  /** With `Equal`. */
  readonly value?: string | undefined;
  /** @default - all effects */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
}

export interface PodProps extends PodOptions {
  /** Labels that tell its pods from others. */
  readonly selector: Record<string, string>;
}

/**
 * A pod of one container that satisfies the "restricted" Pod Security Standard, with a read-only root file system.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podSpec(props: PodProps): DeploymentV1SpecTemplateSpec {
  const { name, image, pullSecretName, selector, port, healthPath, virtualNodes } = props;
  const probe =
    healthPath === undefined
      ? { tcpSocket: [{ port: "http" }] }
      : { httpGet: { path: literal(healthPath), port: "http" } };
  const volumes = props.writablePaths.map((path, index) => ({ name: `writable-${index}`, path: literal(path) }));
  return {
    imagePullSecrets: pullSecretName === undefined ? undefined : [{ name: pullSecretName }],
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: props.runAsUser === undefined ? undefined : String(props.runAsUser),
      seccompProfile: { type: "RuntimeDefault" },
      // Lets an unprivileged process listen on a port such as 80; one of the sysctls that "restricted" allows.
      sysctl:
        port < FIRST_UNPRIVILEGED_PORT ? [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] : undefined,
    },
    nodeSelector: nonEmpty({ ...(virtualNodes ? VIRTUAL_NODES.nodeSelector : {}), ...props.nodeSelector }),
    toleration: nonEmpty([...(virtualNodes ? VIRTUAL_NODES.toleration : []), ...props.tolerations]),
    topologySpreadConstraint: isSeveral(props.replicas)
      ? [
          {
            maxSkew: 1,
            topologyKey: "kubernetes.io/hostname",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: [{ matchLabels: selector }],
          },
        ]
      : undefined,
    container: [
      {
        name,
        image,
        imagePullPolicy: props.pullPolicy ?? (isPinned(image) ? "IfNotPresent" : "Always"),
        port: [{ name: "http", containerPort: port }],
        env: nonEmpty(Object.entries(literals(props.env)).map(([key, value]) => ({ name: key, value }))),
        resources: {
          requests: { cpu: props.cpu, memory: props.memory },
          limits: { memory: props.memory, ...(props.cpuLimit === undefined ? {} : { cpu: props.cpuLimit }) },
        },
        securityContext: {
          // Left out, the provider sends false, which overrides the pod's.
          runAsNonRoot: true,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 30 },
        readinessProbe: probe,
        livenessProbe: { ...probe, periodSeconds: 20 },
        volumeMount: nonEmpty(volumes.map((volume) => ({ name: volume.name, mountPath: volume.path }))),
      },
    ],
    volume: nonEmpty(volumes.map((volume) => ({ name: volume.name, emptyDir: {} }))),
  };
}

/** Whether it is said that there is more than one. */
export function isSeveral(replicas: PodOptions["replicas"]): boolean {
  return replicas !== "auto" && replicas > 1;
}

/** By digest, which cannot move: a node that has the image need not ask the registry again. */
function isPinned(image: string): boolean {
  return image.includes("@");
}
