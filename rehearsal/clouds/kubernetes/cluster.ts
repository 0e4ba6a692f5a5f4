import { CloudError } from "../../sdk/model";
import type { Clock } from "../clock";
import type { Ids } from "../ids";
import type {
  Deployment,
  LimitRange,
  Namespace,
  NewObject,
  ResourceQuota,
  Secret,
  Service,
  Stored,
} from "./api-object";
import { deploymentDefaults, secretDefaults, serviceDefaults } from "./defaults";
import { DeploymentController } from "./deployment-controller";
import type { PullRecord } from "./image-pull";
import { KINDS, type Kind } from "./kinds";
import type { Kubelet } from "./kubelet";
import { Objects, type Rules, type Server } from "./objects";
import { violation, type Mode } from "./pod-security";
import type { Pod, PodEvent } from "./pod-status";
import { limitFault, quotaFault, withLimitDefaults } from "./quotas";
import { rolloutFault } from "./rollout-progress";
import type { Node } from "./scheduler";
import { schedule } from "./scheduler";
import { deploymentFaults, secretFaults, serviceFaults } from "./validation";

export interface ClusterOptions {
  /** Name of the kubeconfig context that leads here. */
  readonly context: string;
  /** `https://…` of the API server. */
  readonly host: string;
  readonly nodes: readonly Node[];
}

/** An event of the cluster: on a pod, or on what should have made one. */
export interface ClusterEvent extends PodEvent {
  readonly namespace: string;
  /** `Pod`, `ReplicaSet`. */
  readonly kind: string;
  readonly name: string;
  /** The Deployment that it is about. */
  readonly deployment: string;
}

/** One Kubernetes cluster: its API server, its controllers and its nodes. */
export class Cluster {
  readonly context: string;
  readonly host: string;
  readonly namespaces: Objects<Namespace>;
  readonly secrets: Objects<Secret>;
  readonly services: Objects<Service>;
  readonly deployments: Objects<Deployment>;
  readonly podDisruptionBudgets: Objects<NewObject>;
  readonly resourceQuotas: Objects<ResourceQuota>;
  readonly limitRanges: Objects<LimitRange>;
  /** What admission said without refusing: `warn` and `audit` of Pod Security. */
  readonly remarks: { readonly mode: Mode; readonly message: string }[] = [];
  /** What somebody else's controller does as soon as there is a namespace. @default - nothing */
  onNamespace: (name: string) => void = () => undefined;
  private readonly log: ClusterEvent[] = [];
  private readonly nodes: readonly Node[];
  private readonly controller: DeploymentController;

  constructor(
    options: ClusterOptions,
    private readonly ids: Ids,
    clock: Clock,
    private readonly kubelet: Kubelet,
  ) {
    const server = { ids, clock, context: options.context };
    this.context = options.context;
    this.host = options.host;
    this.nodes = options.nodes;
    this.controller = new DeploymentController((...wanted) => this.newPod(...wanted), clock);
    this.namespaces = new Objects<Namespace>(KINDS.namespace, server);
    this.secrets = this.kind(server, KINDS.secret, { defaults: secretDefaults, faults: secretFaults });
    this.services = this.kind(server, KINDS.service, {
      defaults: (service) => this.withAddresses(serviceDefaults(service)),
      faults: serviceFaults,
    });
    this.deployments = this.kind(server, KINDS.deployment, {
      defaults: deploymentDefaults,
      faults: deploymentFaults,
      admit: ({ metadata, spec }) => {
        this.remark(metadata.namespace, (labels, mode) => violation(labels, mode, spec.template));
      },
    });
    this.podDisruptionBudgets = this.kind(server, KINDS.podDisruptionBudget);
    this.resourceQuotas = this.kind(server, KINDS.resourceQuota);
    this.limitRanges = this.kind(server, KINDS.limitRange);
    for (const name of ["default", "kube-node-lease", "kube-public", "kube-system"]) this.createNamespace({ name });
  }

  get pods(): readonly Pod[] {
    return this.controller.pods;
  }

  /** Every pull so far, the failed ones too. */
  get pulls(): readonly PullRecord[] {
    return this.kubelet.pulls;
  }

  get events(): readonly ClusterEvent[] {
    return this.log;
  }

  /** Every kind of object that lies in namespaces. */
  get namespaced(): readonly Objects<NewObject>[] {
    const { secrets, services, deployments, podDisruptionBudgets, resourceQuotas, limitRanges } = this;
    return [secrets, services, deployments, podDisruptionBudgets, resourceQuotas, limitRanges] as Objects<NewObject>[];
  }

  createNamespace({ name, labels, annotations }: Namespace["metadata"]): Stored<Namespace> {
    const metadata = { name, annotations, labels: { "kubernetes.io/metadata.name": name, ...labels } };
    const created = this.namespaces.create({
      ...{ metadata, spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } },
    });
    this.onNamespace(name);
    return created;
  }

  /** Everything in the namespace goes with it. */
  deleteNamespace(name: string): void {
    this.namespaces.delete(undefined, name);
    for (const kind of this.namespaced) kind.deleteNamespace(name);
    this.controller.remove((pod) => pod.namespace === name);
  }

  /** Stores the Deployment and starts its pods; whether they run is for {@link waitForRollout} to say. */
  createDeployment(deployment: Deployment): Stored<Deployment> {
    return this.rolled(this.deployments.create(deployment));
  }

  replaceDeployment(deployment: Deployment): Stored<Deployment> {
    return this.rolled(this.deployments.replace(deployment));
  }

  deleteDeployment(namespace: string, name: string): void {
    this.deployments.delete(namespace, name);
    this.controller.remove((pod) => pod.namespace === namespace && pod.deployment === name);
  }

  /** @returns The Deployment with its status. */
  deployment(namespace: string, name: string): Stored<Deployment> | undefined {
    const found = this.deployments.get(namespace, name);
    return found && { ...found, status: this.controller.status(found) };
  }

  /**
   * Waits for a rollout as the kubernetes provider does.
   * @returns Its words where the rollout is not complete in time, or undefined.
   */
  waitForRollout(namespace: string, name: string, timeoutSeconds: number): string | undefined {
    const deployment = this.deployments.require(namespace, name);
    const { progressDeadlineSeconds = 600 } = deployment.spec;
    const fault = rolloutFault(this.controller.progress(deployment), progressDeadlineSeconds, timeoutSeconds);
    if (fault !== undefined) this.controller.wait(deployment, Math.min(progressDeadlineSeconds, timeoutSeconds));
    return fault;
  }

  /** @returns Why a Deployment's newest pods do not all run: its events, and what nobody in the cluster says; none where they do. */
  causes(namespace: string, name: string): string[] {
    const deployment = this.deployments.get(namespace, name);
    const { reason, refusal } = deployment ? this.controller.progress(deployment) : {};
    if (reason === undefined) return [];
    const events = this.log
      .filter((event) => event.namespace === namespace && event.deployment === name && event.type === "Warning")
      .map((event) => `${event.kind} ${event.name}: ${event.reason}: ${event.message}`);
    const newest = new Set(events.slice(-4));
    // What admission says is all in its event.
    return refusal === undefined ? [...newest, reason] : [...newest];
  }

  /** Replaces every pod and every node, as an upgrade of all nodes does. @returns The pulls that this took. */
  restartPods(): PullRecord[] {
    this.kubelet.forgetImages();
    return this.restartContainers();
  }

  /** Starts every pod again on the node that it is on. @returns The pulls that this took. */
  restartContainers(): PullRecord[] {
    this.controller.remove(() => true);
    return this.reconcile();
  }

  /** Tries again for every pod that does not run, as kubelets keep doing. @returns The pulls that this took. */
  reconcile(): PullRecord[] {
    const before = this.pulls.length;
    for (const deployment of this.deployments.values()) this.controller.roll(deployment);
    return this.pulls.slice(before);
  }

  private kind<T extends NewObject>(server: Server, kind: Kind, rules: Rules<T> = {}): Objects<T> {
    return new Objects<T>(kind, server, {
      ...rules,
      admit: (object, isNew) => {
        this.assertNamespace(object, isNew);
        rules.admit?.(object, isNew);
      },
    });
  }

  /** @throws CloudError for a namespace that is not there, or on its way out. */
  private assertNamespace({ metadata: { namespace = "default", name } }: NewObject, isNew: boolean): void {
    const found = this.namespaces.require(undefined, namespace);
    if (!isNew || found.metadata.deletionTimestamp === undefined) return;
    throw new CloudError(
      `"${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    );
  }

  private rolled(deployment: Stored<Deployment>): Stored<Deployment> {
    this.controller.roll(deployment);
    return deployment;
  }

  /** Gives a service its addresses. They stay as long as the service does. */
  private withAddresses(service: Service): Service {
    const { metadata, spec } = service;
    const before = this.services.get(metadata.namespace, metadata.name);
    const label = `${this.context}/${metadata.namespace ?? ""}/${metadata.name}`;
    const clusterIP = spec.clusterIP ?? before?.spec.clusterIP ?? this.ids.clusterAddress(label);
    const isReachable = spec.type === "LoadBalancer" || spec.type === "NodePort";
    const ports = (spec.ports ?? []).map((port, index) =>
      isReachable ? { nodePort: before?.spec.ports?.[index]?.nodePort ?? 30000 + index, ...port } : port,
    );
    const known = before?.status?.loadBalancer.ingress;
    const ingress = spec.type === "LoadBalancer" ? (known ?? [{ ip: this.ids.publicAddress(label) }]) : undefined;
    return {
      ...service,
      spec: { ...spec, clusterIP, clusterIPs: spec.clusterIPs ?? [clusterIP], ports },
      status: { loadBalancer: { ...(ingress && { ingress }) } },
    };
  }

  private newPod(deployment: Stored<Deployment>, replicaSet: string, index: number): Pod {
    const { namespace = "default", name: deploymentName } = deployment.metadata;
    const name = `${replicaSet}-${this.ids.hex(`pod/${this.context}/${namespace}/${replicaSet}/${index}`).slice(0, 5)}`;
    const ranges = this.limitRanges.values().filter((range) => range.metadata.namespace === namespace);
    const spec = withLimitDefaults(deployment.spec.template.spec, ranges);
    const pod = { name, namespace, deployment: deploymentName, replicaSet, template: deployment.spec.template };
    const note = (kind: string, of: string, event: PodEvent) => {
      this.log.push({ namespace, kind, name: of, deployment: deploymentName, ...event });
    };

    const refusal = this.refusal(pod, { ...pod.template, spec }, ranges);
    if (refusal !== undefined) {
      note("ReplicaSet", replicaSet, {
        type: "Warning",
        reason: "FailedCreate",
        message: `Error creating: ${refusal}`,
      });
      return { ...pod, digests: [], refusal, reason: `FailedCreate: ${refusal}` };
    }
    const place = schedule(spec, this.nodes);
    if ("message" in place) {
      note("Pod", name, { type: "Warning", reason: "FailedScheduling", message: place.message });
      return { ...pod, digests: [], reason: `Unschedulable: ${place.message}` };
    }
    const uid = this.ids.uuid(`${this.context}/pods/${namespace}/${name}`);
    const scheduled = { name, namespace, uid, spec, node: place.node.name, platform: place.node.platform };
    const { statuses, events } = this.kubelet.start(scheduled, (secret) => this.secrets.get(namespace, secret));
    for (const event of events) note("Pod", name, event);
    const fault = statuses.find((status) => status.fault)?.fault;
    if (!fault) return { ...pod, statuses, digests: statuses.map(({ digest = "" }) => digest) };
    const { reason, message, explanation } = fault;
    return {
      ...pod,
      statuses,
      digests: [],
      reason: `${reason}: ${explanation === undefined ? message : `${message}: ${explanation}`}`,
    };
  }

  /** @returns Why admission lets a pod not in, or undefined where it does. */
  private refusal(
    { name, namespace }: Pick<Pod, "name" | "namespace">,
    template: Deployment["spec"]["template"],
    ranges: readonly LimitRange[],
  ): string | undefined {
    const { labels } = this.namespaces.get(undefined, namespace)?.metadata ?? {};
    this.remark(namespace, (own, mode) => violation(own, mode, template));
    const others = this.pods.filter((pod) => pod.namespace === namespace && pod.refusal === undefined);
    const quotas = this.resourceQuotas.values().filter(({ metadata }) => metadata.namespace === namespace);
    const fault =
      violation(labels, "enforce", template) ??
      limitFault(template.spec, ranges) ??
      quotaFault(
        template.spec,
        others.map((pod) => pod.template.spec),
        quotas,
      );
    return fault === undefined ? undefined : `pods "${name}" is forbidden: ${fault}`;
  }

  private remark(
    namespace: string | undefined,
    say: (labels: Readonly<Record<string, string>> | undefined, mode: Mode) => string | undefined,
  ): void {
    const { labels } = this.namespaces.get(undefined, namespace ?? "default")?.metadata ?? {};
    for (const mode of ["warn", "audit"] as const) {
      const message = say(labels, mode);
      const isKnown = this.remarks.some((remark) => remark.mode === mode && remark.message === message);
      if (message !== undefined && !isKnown) this.remarks.push({ mode, message });
    }
  }
}
