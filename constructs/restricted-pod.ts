import type { DeploymentV1SpecTemplateSpec } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { WorkloadConfig } from "../config";
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

export interface PodProps {
  readonly name: string;
  /** By digest, `<host>/<repository>@…`, or by tag. */
  readonly image: string;
  readonly pullSecretName: string | undefined;
  readonly selector: Record<string, string>;
  readonly workload: WorkloadConfig;
}

/**
 * A pod of one container that satisfies the "restricted" Pod Security Standard, with a read-only root file system.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podSpec({ name, image, pullSecretName, selector, workload }: PodProps): DeploymentV1SpecTemplateSpec {
  const { port, resources, health, virtualNodes } = workload;
  const probe = health ? { httpGet: { path: health.path, port: "http" } } : { tcpSocket: [{ port: "http" }] };
  const volumes = workload.writablePaths.map((path, index) => ({ name: `writable-${index}`, path }));
  return {
    imagePullSecrets: pullSecretName === undefined ? undefined : [{ name: pullSecretName }],
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: workload.runAsUser === undefined ? undefined : String(workload.runAsUser),
      seccompProfile: { type: "RuntimeDefault" },
      // Lets an unprivileged process listen on a port such as 80; one of the sysctls that "restricted" allows.
      sysctl:
        port < FIRST_UNPRIVILEGED_PORT ? [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] : undefined,
    },
    nodeSelector: nonEmpty({ ...(virtualNodes ? VIRTUAL_NODES.nodeSelector : {}), ...workload.nodeSelector }),
    toleration: nonEmpty([...(virtualNodes ? VIRTUAL_NODES.toleration : []), ...workload.tolerations]),
    topologySpreadConstraint:
      workload.replicas > 1
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
        imagePullPolicy: workload.pullPolicy ?? (isPinned(image) ? "IfNotPresent" : "Always"),
        port: [{ name: "http", containerPort: port }],
        env: nonEmpty(Object.entries(workload.env).map(([key, value]) => ({ name: key, value }))),
        resources: {
          requests: { cpu: resources.cpu, memory: resources.memory },
          limits: {
            memory: resources.memory,
            ...(resources.cpuLimit === undefined ? {} : { cpu: resources.cpuLimit }),
          },
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

/** By digest, which cannot move: a node that has the image need not ask the registry again. */
function isPinned(image: string): boolean {
  return image.includes("@");
}
