import { CloudError } from "../sdk/model";
import { assertMutable, assertPullSecret, assertSelector } from "./api-rules";
import type { Ids } from "./ids";
import type { Kubelet, PullRecord } from "./kubelet";
import type { Deployment, KubernetesObject, Secret, Service } from "./kubernetes-objects";
import { Objects } from "./kubernetes-objects";
import { ENFORCE_LABEL, restrictedViolation } from "./pod-security";
import type { Pod } from "./rollouts";
import { Rollouts } from "./rollouts";
import type { Node } from "./scheduler";
import { schedule } from "./scheduler";

export interface ClusterOptions {
  /** Name of the kubeconfig context that leads here. */
  readonly context: string;
  /** `https://…` of the API server. */
  readonly host: string;
  readonly nodes: readonly Node[];
}

/** One Kubernetes cluster: its API server, its controllers and its nodes. */
export class Cluster {
  readonly namespaces = new Objects<KubernetesObject>("namespaces");
  readonly secrets = new Objects<Secret>("secrets");
  readonly deployments = new Objects<Deployment>("deployments.apps");
  readonly services = new Objects<Service>("services");
  readonly podDisruptionBudgets = new Objects<KubernetesObject>("poddisruptionbudgets.policy");
  readonly context: string;
  readonly host: string;
  /** What somebody else's controller does as soon as there is a namespace. @default - nothing */
  onNamespace: (name: string) => void = () => undefined;
  private readonly nodes: readonly Node[];
  private readonly rollouts = new Rollouts((deployment) => this.newPod(deployment));

  constructor(
    options: ClusterOptions,
    private readonly ids: Ids,
    private readonly kubelet: Kubelet,
  ) {
    this.context = options.context;
    this.host = options.host;
    this.nodes = options.nodes;
    for (const name of ["default", "kube-node-lease", "kube-public", "kube-system"]) {
      this.createNamespace({ namespace: "", name, labels: {}, annotations: {} });
    }
  }

  get pods(): readonly Pod[] {
    return this.rollouts.pods;
  }

  /** Every pull so far, the failed ones too. */
  get pulls(): readonly PullRecord[] {
    return this.kubelet.pulls;
  }

  /** @throws CloudError for a namespace that is not there. */
  assertNamespace(name: string): void {
    if (!this.namespaces.get("", name)) throw new CloudError(`namespaces "${name}" not found`);
  }

  createNamespace(namespace: KubernetesObject): void {
    this.namespaces.create(namespace);
    this.onNamespace(namespace.name);
  }

  /** Everything in the namespace goes with it. */
  deleteNamespace(name: string): void {
    this.namespaces.delete("", name);
    for (const kind of [this.secrets, this.deployments, this.services, this.podDisruptionBudgets]) {
      kind.deleteNamespace(name);
    }
    this.rollouts.remove((pod) => pod.namespace === name);
  }

  /** @throws CloudError for a missing namespace, or data that the API server does not take. */
  createSecret(secret: Secret): void {
    this.assertNamespace(secret.namespace);
    assertPullSecret(secret);
    this.secrets.create(secret);
  }

  replaceSecret(secret: Secret): void {
    assertMutable(this.secrets.get(secret.namespace, secret.name), secret);
    assertPullSecret(secret);
    this.secrets.replace(secret);
  }

  /** Starts the pods; whether they run is for `rolloutFault` to say. */
  createDeployment(deployment: Deployment): void {
    this.assertNamespace(deployment.namespace);
    assertSelector(deployment);
    this.rollouts.roll(this.deployments.create(deployment));
  }

  replaceDeployment(deployment: Deployment): void {
    assertSelector(deployment);
    this.rollouts.roll(this.deployments.replace(deployment));
  }

  deleteDeployment(namespace: string, name: string): void {
    this.deployments.delete(namespace, name);
    this.rollouts.remove((pod) => pod.namespace === namespace && pod.deployment === name);
  }

  /** @returns Why the rollout is not complete, in the provider's words and the pod's, or undefined where it is. */
  rolloutFault(deployment: Deployment): string | undefined {
    return this.rollouts.fault(deployment);
  }

  /** Gives the service its addresses. They stay as long as the service does. */
  withAddresses(service: Omit<Service, "clusterIp" | "ingressIp">): Service {
    const before = this.services.get(service.namespace, service.name);
    const label = `${this.context}/${service.namespace}/${service.name}`;
    const clusterIp = before?.clusterIp ?? this.ids.clusterAddress(label);
    if (service.type !== "LoadBalancer") return { ...service, clusterIp };
    return { ...service, clusterIp, ingressIp: before?.ingressIp ?? this.ids.publicAddress(label) };
  }

  /** Replaces every pod, as an upgrade of all nodes does. @returns The pulls that this took. */
  restartPods(): PullRecord[] {
    this.rollouts.remove(() => true);
    return this.reconcile();
  }

  /** Tries again for every pod that does not run, as kubelets keep doing. @returns The pulls that this took. */
  reconcile(): PullRecord[] {
    const before = this.pulls.length;
    for (const deployment of this.deployments.values()) this.rollouts.roll(deployment);
    return this.pulls.slice(before);
  }

  private newPod({ namespace, name, template }: Deployment): Pod {
    const pod = { namespace, deployment: name, template, digests: [], refused: false };
    const isRestricted = this.namespaces.get("", namespace)?.labels[ENFORCE_LABEL] === "restricted";
    const violation = isRestricted ? restrictedViolation(template) : undefined;
    if (violation !== undefined) {
      return { ...pod, refused: true, reason: `FailedCreate: pods "${name}" is forbidden: ${violation}` };
    }
    const place = schedule(template, this.nodes);
    if ("reason" in place) return { ...pod, reason: place.reason };

    const pulls = this.kubelet.pullAll(template, namespace, (secret) => this.secrets.get(namespace, secret));
    const failed = pulls.find((pull) => !pull.ok);
    return failed ? { ...pod, reason: failed.reason } : { ...pod, digests: pulls.map((pull) => pull.digest ?? "") };
  }
}
