import type { Clock } from "../clock";
import type { Ids } from "../ids";
import type { Way } from "../registry-network";
import type { Deployment, Namespace, NewObject, PodController, PodSpec, Stored } from "./api-object";
import { ApiServer } from "./api-server";
import type { Controller } from "./controller";
import { DeploymentController } from "./deployment-controller";
import type { PullRecord } from "./image-pull";
import { KINDS, type Kind } from "./kinds";
import type { Kubelet } from "./kubelet";
import { PodMaker, type ClusterEvent } from "./pod-maker";
import type { Pod } from "./pod-status";
import { asDeployment, POD_CONTROLLERS } from "./pod-controllers";
import { rolloutFault, type Progress } from "./rollout-progress";
import type { Node } from "./scheduler";
import { DEFAULT_ACCOUNT, type ServiceAccount } from "./service-accounts";
import { TokenIssuer } from "./token-issuer";

/** After which a controller tries again for the first time; then twice as long, and so on. */
const RETRY_SECONDS = 5;

/** A context of a kubeconfig file. */
export interface Kubeconfig {
  readonly context: string;
  /** Of the file. @default - any */
  readonly path?: string | undefined;
}

export interface ClusterOptions {
  /** Its name. */
  readonly context: string;
  /** Contexts that lead here. @default - that of its name */
  readonly kubeconfigs?: readonly Kubeconfig[] | undefined;
  /** `https://…` of the API server. */
  readonly host: string;
  readonly nodes: readonly Node[];
  /** Whether services of type LoadBalancer get an address. @default true */
  readonly loadBalancers?: boolean | undefined;
  /** Signs the tokens of service accounts. @default - one that nobody reaches */
  readonly issuer?: TokenIssuer | undefined;
}

/** One Kubernetes cluster: its API server, its controllers and its nodes. */
export class Cluster {
  readonly context: string;
  readonly host: string;
  readonly api: ApiServer;
  readonly issuer: TokenIssuer;
  /** Contexts of kubeconfig files that lead here. */
  readonly kubeconfigs: Kubeconfig[];
  private readonly pool: Node[];
  private readonly watchers: ((namespace: string) => void)[] = [];
  private readonly controllers: Controller[] = [];
  private readonly controller: DeploymentController;
  private readonly maker: PodMaker;
  private readonly clock: Clock;

  constructor(
    { context, kubeconfigs = [{ context }], host, nodes, loadBalancers = true, issuer }: ClusterOptions,
    private readonly ids: Ids,
    clock: Clock,
    private readonly kubelet: Kubelet,
  ) {
    this.clock = clock;
    const server = { ids, clock, context };
    this.context = context;
    this.host = host;
    this.issuer = issuer ?? new TokenIssuer(host, context);
    this.kubeconfigs = [...kubeconfigs];
    this.pool = [...nodes];
    this.api = new ApiServer(server, loadBalancers);
    this.maker = new PodMaker({ api: this.api, server, nodes: this.pool, kubelet, pods: () => this.pods });
    this.controller = new DeploymentController((...wanted) => this.maker.make(...wanted), clock);
    for (const name of ["default", "kube-node-lease", "kube-public", "kube-system"]) this.createNamespace({ name });
  }

  get namespaces() {
    return this.api.namespaces;
  }

  get secrets() {
    return this.api.secrets;
  }

  get services() {
    return this.api.services;
  }

  get deployments() {
    return this.api.deployments;
  }

  get nodes(): readonly Node[] {
    return this.pool;
  }

  get pods(): readonly Pod[] {
    return this.controller.pods;
  }

  /** Every pull so far, the failed ones too. */
  get pulls(): readonly PullRecord[] {
    return this.kubelet.pulls;
  }

  get events(): readonly ClusterEvent[] {
    return this.maker.events;
  }

  createNamespace(metadata: Namespace["metadata"]): Stored<Namespace> {
    const created = this.api.createNamespace(metadata);
    this.api.of(KINDS.serviceAccount).create({ metadata: { namespace: metadata.name, name: DEFAULT_ACCOUNT } });
    for (const act of this.watchers) act(metadata.name);
    return created;
  }

  /** Somebody else's controller does something in every namespace, as soon as there is one. */
  watchNamespaces(act: (namespace: string) => void): void {
    for (const { metadata } of this.namespaces.values()) act(metadata.name);
    this.watchers.push(act);
  }

  /** Adds those of which there is none yet. */
  addNodes(nodes: readonly Node[]): void {
    this.pool.push(...nodes.filter(({ name }) => !this.pool.some((node) => node.name === name)));
  }

  /** Gives the nodes another managed identity. @param objectId Of it. */
  identify(objectId: string): void {
    this.kubelet.identity = objectId;
  }

  /** Has the nodes reach registries otherwise. */
  reachBy(way: Way): void {
    this.kubelet.way = way;
  }

  /** Everything in the namespace goes with it. */
  deleteNamespace(name: string): void {
    this.api.namespaces.delete(undefined, name);
    for (const kind of this.api.namespaced) kind.deleteNamespace(name);
    this.controller.remove((pod) => pod.namespace === name);
  }

  /** Stores the Deployment and starts its pods; whether they run is for {@link waitForRollout} to say. */
  createDeployment(deployment: Deployment): Stored<Deployment> {
    const created = this.deployments.create(deployment);
    this.controller.roll(created);
    return created;
  }

  replaceDeployment(deployment: Deployment): Stored<Deployment> {
    const replaced = this.deployments.replace(deployment);
    this.controller.roll(replaced);
    return replaced;
  }

  deleteDeployment(namespace: string, name: string): void {
    this.deletePodController(KINDS.deployment, namespace, name);
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

  /** Starts the pods of an object of another kind that makes pods: a StatefulSet, say. */
  runPods(kind: Kind, { metadata }: PodController): Progress {
    const found = this.api.of<PodController>(kind).require(metadata.namespace, metadata.name);
    const asOne = asDeployment(found, this.nodes.length);
    this.controller.roll(asOne);
    return this.controller.progress(asOne);
  }

  /**
   * Has somebody else's pod started, and takes it away again.
   * @returns Why it does not run: its events, and what nobody in the cluster says; none where it does.
   */
  tryPod(namespace: string, name: string, spec: PodSpec): string[] {
    const metadata = { namespace, name, uid: "", resourceVersion: "", creationTimestamp: "" };
    const before = this.events.length;
    const wanted = { apiVersion: "v1", kind: "Pod", metadata, spec: { selector: {}, template: { spec } } };
    const { reason } = this.maker.make(wanted, name, 0);
    if (reason === undefined) return [];
    const warnings = this.events.slice(before).filter(({ type }) => type === "Warning");
    return [
      ...new Set(warnings.map((event) => `${event.kind} ${event.name}: ${event.reason}: ${event.message}`)),
      reason,
    ];
  }

  deletePodController({ kind, ...rest }: Kind, namespace: string, name: string): void {
    this.api.of({ kind, ...rest }).delete(namespace, name);
    this.controller.remove((pod) => pod.kind === kind && pod.namespace === namespace && pod.deployment === name);
  }

  /**
   * @returns Why the newest pods of an object do not all run: its events, and what nobody in the cluster says; none where they
   * do.
   */
  causes(namespace: string, name: string, kind: Kind = KINDS.deployment): string[] {
    const found = this.api.of<PodController>(kind).get(namespace, name);
    const { reason, refusal } = found ? this.controller.progress(asDeployment(found, this.nodes.length)) : {};
    if (reason === undefined) return [];
    const events = this.events
      .filter((event) => event.namespace === namespace && event.owner === `${kind.kind}/${name}`)
      .filter(({ type }) => type === "Warning")
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

  /**
   * What the API server answers to a TokenRequest.
   * @throws CloudError for an account that is not there.
   */
  createToken(namespace: string, account: string, audiences: readonly string[], time: Date): string {
    this.api.of<ServiceAccount>(KINDS.serviceAccount).require(namespace, account);
    return this.ids.remember(this.issuer.sign(namespace, account, audiences, time));
  }

  /** Installs a controller of somebody else, with the kinds that it brings. */
  install(controller: Controller): void {
    if (this.controllers.some(({ name }) => name === controller.name)) return;
    this.controllers.push(controller);
    const definitions = this.api.of<NewObject>(KINDS.customResourceDefinition);
    for (const definition of controller.definitions) {
      if (!definitions.get(undefined, definition.metadata.name)) definitions.create(definition);
    }
  }

  /** The controller of this name, undefined where it is not installed. */
  controllerOf(name: string): Controller | undefined {
    return this.controllers.find((controller) => controller.name === name);
  }

  /**
   * Has the controllers do what there is to do, again and again while somebody waits: the clock stands still meanwhile.
   * @param isDone Asked after each time. @default - once is enough
   * @returns Whether it was done within these seconds.
   */
  controllersAct(patienceSeconds = 0, isDone: () => boolean = () => true): boolean {
    for (let waited = 0; ; waited = Math.max(waited * 2, RETRY_SECONDS)) {
      const time = new Date(this.clock.now().getTime() + Math.min(waited, patienceSeconds) * 1000);
      for (const controller of this.controllers) if (!controller.isDown) controller.act(this.api, time);
      if (isDone()) return true;
      if (waited >= patienceSeconds) return false;
    }
  }

  /** Why an object of a custom kind is not ready, as its controller says it. */
  causesOf(object: Stored<NewObject>): string[] {
    return this.controllers.flatMap((controller) => controller.causesOf(object));
  }

  /** Deletes an object; one with finalizers stays until their controllers have let it go. @returns Whether it is gone. */
  deleteObject(kind: Kind, namespace: string | undefined, name: string): boolean {
    const objects = this.api.of<NewObject>(kind);
    const { finalizers = [] } = objects.get(namespace, name)?.metadata ?? {};
    if (finalizers.length === 0) this.api.remove(kind, namespace, name);
    else objects.beginDeletion(namespace, name);
    return this.controllersAct(0, () => objects.get(namespace, name) === undefined);
  }

  /** Starts every pod again on the node that it is on. @returns The pulls that this took. */
  restartContainers(): PullRecord[] {
    this.controller.remove(() => true);
    return this.reconcile();
  }

  /** Tries again for every pod that does not run, as kubelets keep doing. @returns The pulls that this took. */
  reconcile(): PullRecord[] {
    this.controllersAct();
    const before = this.pulls.length;
    for (const deployment of this.deployments.values()) this.controller.roll(deployment);
    for (const kind of POD_CONTROLLERS) {
      for (const object of this.api.of<PodController>(kind).values()) this.runPods(kind, object);
    }
    return this.pulls.slice(before);
  }
}
