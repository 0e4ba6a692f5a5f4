import { CloudError } from "../../sdk/model";
import type {
  Autoscaler,
  CronJob,
  Deployment,
  LimitRange,
  Namespace,
  NewObject,
  PodController,
  PodObject,
  PodTemplate,
  ResourceQuota,
  Secret,
  Service,
  Stored,
} from "./api-object";
import {
  cronJobDefaults,
  deploymentDefaults,
  podControllerDefaults,
  podDefaults,
  secretDefaults,
  serviceDefaults,
} from "./defaults";
import { KINDS, type Kind } from "./kinds";
import { Objects, type Rules, type Server } from "./objects";
import { violation, type Mode } from "./pod-security";
import { withAddresses } from "./service-addresses";
import { podFaults } from "./pod-validation";
import {
  autoscalerFaults,
  cronJobFaults,
  deploymentFaults,
  podControllerFaults,
  secretFaults,
  serviceFaults,
} from "./validation";

/** What admission said of an object that it let in. */
export interface Remark {
  readonly mode: Mode;
  readonly message: string;
}

/** The API server of one cluster: all its objects, each kind with its rules. */
export class ApiServer {
  readonly namespaces: Objects<Namespace>;
  readonly secrets: Objects<Secret>;
  readonly services: Objects<Service>;
  readonly deployments: Objects<Deployment>;
  readonly resourceQuotas: Objects<ResourceQuota>;
  readonly limitRanges: Objects<LimitRange>;
  readonly remarks: Remark[] = [];
  private readonly kinds = new Map<string, Objects<NewObject>>();

  /** @param loadBalancers Whether services of type LoadBalancer get an address. */
  constructor(
    private readonly server: Server,
    loadBalancers: boolean,
  ) {
    this.namespaces = new Objects<Namespace>(KINDS.namespace, server);
    this.secrets = this.add(KINDS.secret, { defaults: secretDefaults, faults: secretFaults });
    this.services = this.add<Service>(KINDS.service, {
      defaults: (service) => {
        const before = this.services.get(service.metadata.namespace, service.metadata.name);
        return withAddresses(serviceDefaults(service), before, server, loadBalancers);
      },
      faults: serviceFaults,
    });
    this.deployments = this.add(KINDS.deployment, {
      defaults: deploymentDefaults,
      faults: deploymentFaults,
      admit: (deployment) => {
        this.remarkOn(deployment);
      },
    });
    this.resourceQuotas = this.add(KINDS.resourceQuota);
    this.limitRanges = this.add(KINDS.limitRange);
    for (const kind of [KINDS.statefulSet, KINDS.daemonSet, KINDS.replicationController]) {
      this.addPodController(kind, ["Always"]);
    }
    this.addPodController(KINDS.job, ["OnFailure", "Never"]);
    this.add<Autoscaler>(KINDS.autoscaler, { faults: autoscalerFaults });
    this.add<CronJob>(KINDS.cronJob, { defaults: cronJobDefaults, faults: cronJobFaults });
    this.add<PodObject>(KINDS.pod, {
      defaults: (pod) => ({ ...pod, spec: podDefaults(pod.spec) }),
      faults: ({ spec }) => podFaults(spec, "spec"),
    });
    for (const kind of Object.values(KINDS)) {
      if (kind.kind !== KINDS.namespace.kind && !this.kinds.has(kind.kind)) this.add(kind);
    }
  }

  /** Every kind of object that lies in namespaces. */
  get namespaced(): readonly Objects<NewObject>[] {
    return [...this.kinds.values()].filter(({ kind }) => kind.isNamespaced);
  }

  /** @param kind One of {@link KINDS}. */
  of<T extends NewObject>({ kind }: Kind): Objects<T> {
    const found = kind === KINDS.namespace.kind ? this.namespaces : this.kinds.get(kind);
    if (!found) throw new Error(`no kind ${kind}`);
    return found as unknown as Objects<T>;
  }

  createNamespace({ name, labels, annotations }: Namespace["metadata"]): Stored<Namespace> {
    const metadata = { name, annotations, labels: { "kubernetes.io/metadata.name": name, ...labels } };
    return this.namespaces.create({ metadata, spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } });
  }

  /** Notes what a namespace that warns or audits holds against pods of a template. */
  remarkOn({ metadata, spec }: { metadata: NewObject["metadata"]; spec: { template: PodTemplate } }): void {
    const { labels } = this.namespaces.get(undefined, metadata.namespace ?? "default")?.metadata ?? {};
    for (const mode of ["warn", "audit"] as const) {
      const message = violation(labels, mode, spec.template);
      const isKnown = this.remarks.some((remark) => remark.mode === mode && remark.message === message);
      if (message !== undefined && !isKnown) this.remarks.push({ mode, message });
    }
  }

  private addPodController(kind: Kind, restarts: readonly string[]): void {
    this.add<PodController>(kind, {
      defaults: podControllerDefaults,
      faults: podControllerFaults(restarts),
      admit: (object) => {
        this.remarkOn(object);
      },
    });
  }

  private add<T extends NewObject>(kind: Kind, rules: Rules<T> = {}): Objects<T> {
    const objects = new Objects<T>(kind, this.server, {
      ...rules,
      admit: (object, isNew) => {
        if (kind.isNamespaced) this.assertNamespace(object, isNew);
        rules.admit?.(object, isNew);
      },
    });
    this.kinds.set(kind.kind, objects as unknown as Objects<NewObject>);
    return objects;
  }

  /** @throws CloudError for a namespace that is not there, or on its way out. */
  private assertNamespace({ metadata: { namespace = "default", name } }: NewObject, isNew: boolean): void {
    const found = this.namespaces.require(undefined, namespace);
    if (!isNew || found.metadata.deletionTimestamp === undefined) return;
    throw new CloudError(
      `"${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    );
  }
}
