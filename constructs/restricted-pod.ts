import type { DeploymentV1SpecTemplateSpec } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { literal } from "./literal";
import { nonEmpty } from "./non-empty";
import type { PodOptions } from "./pod-options";
import { restrictedContainer } from "./restricted-container";

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

export interface PodProps extends PodOptions {
  /** Labels that tell its pods from others. */
  readonly selector: Record<string, string>;
}

/**
 * A pod of one container that satisfies the "restricted" Pod Security Standard, with a read-only root file system.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podSpec(props: PodProps): DeploymentV1SpecTemplateSpec {
  const { pullSecretName, selector, port, virtualNodes, serviceAccount } = props;
  const isRoot = props.runAsRoot !== undefined;
  const user = isRoot ? 0 : props.runAsUser;
  const volumes = props.writablePaths.map((path, index) => ({ name: `writable-${index}`, path: literal(path) }));
  return {
    imagePullSecrets: pullSecretName === undefined ? undefined : [{ name: pullSecretName }],
    serviceAccountName: serviceAccount,
    automountServiceAccountToken: serviceAccount !== undefined,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: !isRoot,
      runAsUser: user === undefined ? undefined : String(user),
      seccompProfile: { type: "RuntimeDefault" },
      // Lets an unprivileged process listen on a port such as 80; one of the sysctls that "restricted" allows.
      sysctl:
        !isRoot && port !== undefined && port < FIRST_UNPRIVILEGED_PORT
          ? [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }]
          : undefined,
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
    container: [restrictedContainer(props, volumes)],
    volume: nonEmpty(volumes.map((volume) => ({ name: volume.name, emptyDir: {} }))),
  };
}

/** Whether it is said that there is more than one. */
export function isSeveral(replicas: PodOptions["replicas"]): boolean {
  return replicas !== "auto" && replicas > 1;
}
