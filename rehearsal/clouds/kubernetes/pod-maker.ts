import type { Deployment, LimitRange, PodTemplate, Stored } from "./api-object";
import type { ApiServer } from "./api-server";
import { KINDS } from "./kinds";
import type { Kubelet } from "./kubelet";
import type { Server } from "./objects";
import { violation } from "./pod-security";
import { PodInputs } from "./pod-inputs";
import type { Pod, PodEvent } from "./pod-status";
import { limitFault, quotaFault, withLimitDefaults } from "./quotas";
import { schedule, type Node } from "./scheduler";
import { withAccount } from "./service-accounts";

/** An event of the cluster: on a pod, or on what should have made one. */
export interface ClusterEvent extends PodEvent {
  readonly namespace: string;
  /** `Pod`, `ReplicaSet`. */
  readonly kind: string;
  readonly name: string;
  /** Kind and name of what makes the pods that it is about. */
  readonly owner: string;
}

export interface PodMakerProps {
  readonly api: ApiServer;
  readonly server: Server;
  readonly nodes: readonly Node[];
  readonly kubelet: Kubelet;
  /** The pods that there are. */
  readonly pods: () => readonly Pod[];
}

/** Makes pods: lets them in, finds a node, has them started, and notes what happens. */
export class PodMaker {
  readonly events: ClusterEvent[] = [];

  constructor(private readonly props: PodMakerProps) {}

  make(controller: Stored<Deployment>, replicaSet: string, index: number): Pod {
    const { api, server, nodes, kubelet } = this.props;
    const { namespace = "default", name: owner } = controller.metadata;
    const name = this.nameOf(controller, replicaSet, index);
    const { template } = controller.spec;
    const ranges = api.limitRanges.values().filter((range) => range.metadata.namespace === namespace);
    const limited = withLimitDefaults(template.spec, ranges);
    const admitted = withAccount(limited, namespace, api);
    const [spec, unknownAccount] = typeof admitted === "string" ? [limited, admitted] : [admitted, undefined];
    const pod = { name, namespace, kind: controller.kind, deployment: owner, replicaSet, template };
    const note = (kind: string, of: string, event: PodEvent) => {
      this.events.push({ namespace, kind, name: of, owner: `${controller.kind}/${owner}`, ...event });
    };

    const refusal = this.refusal(pod, { ...template, spec }, ranges, unknownAccount);
    if (refusal !== undefined) {
      const isDeployment = controller.kind === KINDS.deployment.kind;
      const message = `Error creating: ${refusal}`;
      note(isDeployment ? "ReplicaSet" : controller.kind, isDeployment ? replicaSet : owner, {
        ...{ type: "Warning", reason: "FailedCreate", message },
      });
      return { ...pod, digests: [], refusal, reason: `FailedCreate: ${refusal}` };
    }
    const inputs = new PodInputs(api, namespace);
    const claimFault = inputs.claimFault(spec);
    const place =
      claimFault === undefined
        ? schedule(spec, nodes)
        : { message: `0/${nodes.length} nodes are available: ${claimFault}.` };
    if ("message" in place) {
      note("Pod", name, { type: "Warning", reason: "FailedScheduling", message: place.message });
      return { ...pod, digests: [], reason: `Unschedulable: ${place.message}` };
    }
    const volumeFault = inputs.volumeFault(spec);
    if (volumeFault !== undefined) {
      note("Pod", name, { type: "Warning", reason: "FailedMount", message: volumeFault });
      return { ...pod, digests: [], reason: `ContainerCreating: ${volumeFault}` };
    }
    const uid = server.ids.uuid(`${server.context}/pods/${namespace}/${name}`);
    const scheduled = { name, namespace, uid, spec, node: place.node.name, platform: place.node.platform };
    const { statuses, events } = kubelet.start(
      scheduled,
      (secret) => api.secrets.get(namespace, secret),
      (container) => inputs.configFault(container),
    );
    for (const event of events) note("Pod", name, event);
    const fault = statuses.find((status) => status.fault)?.fault;
    if (!fault) return { ...pod, statuses, digests: statuses.map(({ digest = "" }) => digest) };
    const known = [fault.message, ...(fault.explanation === undefined ? [] : [fault.explanation])].join(": ");
    return { ...pod, statuses, digests: [], reason: `${fault.reason}: ${known}` };
  }

  private nameOf({ kind, metadata }: Stored<Deployment>, replicaSet: string, index: number): string {
    if (kind === KINDS.pod.kind) return metadata.name;
    if (kind === KINDS.statefulSet.kind) return `${metadata.name}-${index}`;
    const { ids, context } = this.props.server;
    const suffix = ids.hex(`pod/${context}/${metadata.namespace ?? ""}/${replicaSet}/${index}`).slice(0, 5);
    return `${kind === KINDS.deployment.kind ? replicaSet : metadata.name}-${suffix}`;
  }

  /** @returns Why admission lets a pod not in, or undefined where it does. */
  private refusal(
    { name, namespace }: Pick<Pod, "name" | "namespace">,
    template: PodTemplate,
    ranges: readonly LimitRange[],
    unknownAccount: string | undefined,
  ): string | undefined {
    const { api, pods } = this.props;
    api.remarkOn({ metadata: { name, namespace }, spec: { template } });
    const { labels } = api.namespaces.get(undefined, namespace)?.metadata ?? {};
    const others = pods().filter((pod) => pod.namespace === namespace && pod.refusal === undefined);
    const quotas = api.resourceQuotas.values().filter(({ metadata }) => metadata.namespace === namespace);
    const specs = others.map((pod) => pod.template.spec);
    const fault =
      unknownAccount ??
      violation(labels, "enforce", template) ??
      limitFault(template.spec, ranges) ??
      quotaFault(template.spec, specs, quotas);
    return fault === undefined ? undefined : `pods "${name}" is forbidden: ${fault}`;
  }
}
