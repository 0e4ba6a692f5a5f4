import type { PodSpec, Toleration } from "./api-object";

interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

export interface Node {
  readonly name: string;
  /** As in images: `linux/amd64`. */
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** A node of an ordinary Linux pool. @param architecture As in images: `amd64`. */
export function linuxNode(architecture: string): Node {
  return {
    name: `aks-${architecture}-00000000-vmss000000`,
    platform: `linux/${architecture}`,
    labels: { "kubernetes.io/os": "linux", "kubernetes.io/arch": architecture, agentpool: architecture },
    taints: [],
  };
}

/** The node behind which AKS starts container instances. */
export const VIRTUAL_NODE: Node = {
  name: "virtual-node-aci-linux",
  platform: "linux/amd64",
  labels: { "kubernetes.io/os": "linux", "kubernetes.io/role": "agent", type: "virtual-kubelet" },
  taints: [{ key: "virtual-kubelet.io/provider", value: "azure", effect: "NoSchedule" }],
};

/** @returns The node for a pod, or the scheduler's words on why there is none. */
export function schedule(spec: PodSpec, nodes: readonly Node[]): { node: Node } | { message: string } {
  const causes = new Map<string, number>();
  for (const node of nodes) {
    const cause = obstacle(spec, node);
    if (cause === undefined) return { node };
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  const list = [...causes].map(([cause, count]) => `${count} node(s) ${cause}`).join(", ");
  return { message: `0/${nodes.length} nodes are available: ${list}.` };
}

function obstacle({ nodeSelector = {}, tolerations = [] }: PodSpec, { labels, taints }: Node): string | undefined {
  if (Object.entries(nodeSelector).some(([key, value]) => labels[key] !== value)) {
    return "didn't match Pod's node affinity/selector";
  }
  const taint = taints.find((candidate) => !tolerations.some((toleration) => tolerates(toleration, candidate)));
  return taint && `had untolerated taint {${taint.key}: ${taint.value}}`;
}

function tolerates({ key, operator = "Equal", value, effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key !== undefined && key !== taint.key) return false;
  return operator === "Exists" || (key !== undefined && (value ?? "") === taint.value);
}
