import { CloudError } from "../../sdk/model";
import type {
  Autoscaler,
  CronJob,
  Deployment,
  Json,
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
import { kindsOf, type CustomKind, type CustomResource, type CustomResourceDefinition } from "./custom-kinds";
import {
  cronJobDefaults,
  deploymentDefaults,
  podControllerDefaults,
  podDefaults,
  secretDefaults,
  serviceDefaults,
} from "./defaults";
import { FieldManagers } from "./field-managers";
import { KINDS, type Kind } from "./kinds";
import { Objects, type Rules, type Server } from "./objects";
import { violation, type Mode } from "./pod-security";
import { withAddresses } from "./service-addresses";
import { podFaults } from "./pod-validation";
import type { Manager } from "./server-side-apply";
import { pruned, schemaFaults, type StructuralSchema } from "./structural-schema";
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
  /** Objects of custom kinds, by kind and group: all versions of a kind are the same objects. */
  private readonly custom = new Map<string, Objects<NewObject>>();
  private readonly customKinds: CustomKind[] = [];
  private readonly managers = new FieldManagers();

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
    this.add<CustomResourceDefinition>(KINDS.customResourceDefinition, {
      // What it defines is served from then on.
      admit: (definition) => {
        this.define(definition);
      },
    });
    for (const kind of Object.values(KINDS)) {
      if (kind.kind !== KINDS.namespace.kind && !this.kinds.has(kind.kind)) this.add(kind);
    }
  }

  /** Every kind of object that lies in namespaces. */
  get namespaced(): readonly Objects<NewObject>[] {
    return [...this.kinds.values(), ...this.custom.values()].filter(({ kind }) => kind.isNamespaced);
  }

  /** @returns The kind that objects of this version and kind are of; undefined where the cluster has none. */
  kindOf(apiVersion: string, kind: string): CustomKind | undefined {
    const isIt = (one: Kind) => one.kind === kind && one.apiVersion === apiVersion;
    return Object.values<CustomKind>(KINDS).find(isIt) ?? this.customKinds.find(isIt);
  }

  /** Whether the cluster has a kind, in whatever version. */
  hasKind(group: string, kind: string): boolean {
    return [...Object.values<Kind>(KINDS), ...this.customKinds].some(
      (one) => one.kind === kind && groupOf(one) === group,
    );
  }

  /**
   * Server-side apply: creates the object, or merges it into what is there.
   * @throws {ApplyConflict} Where others have set a field to another value. @throws CloudError in the API server's words.
   */
  apply(kind: Kind, sent: NewObject, manager: Manager): Stored<NewObject> {
    const objects = this.of<NewObject>(kind);
    const before = objects.get(sent.metadata.namespace, sent.metadata.name);
    return this.managers.apply(sent, before, manager, kind.apiVersion, (merged) =>
      before ? objects.replace(merged) : objects.create(merged),
    );
  }

  /** @param kind One of {@link KINDS}, or of those that are defined here. */
  of<T extends NewObject>(kind: Kind): Objects<T> {
    const { kind: name } = kind;
    const found =
      name === KINDS.namespace.kind && kind.apiVersion === KINDS.namespace.apiVersion
        ? this.namespaces
        : (this.custom.get(customKey(kind)) ?? this.kinds.get(name));
    if (!found) throw new Error(`no kind ${name}`);
    return found as unknown as Objects<T>;
  }

  /** Deletes an object, and the secrets that it owns. */
  remove(kind: Kind, namespace: string | undefined, name: string): void {
    const objects = this.of<NewObject>(kind);
    const uid = objects.get(namespace, name)?.metadata.uid;
    if (kind.kind === KINDS.customResourceDefinition.kind) this.undefine(name);
    objects.delete(namespace, name);
    for (const { metadata } of this.secrets.values()) {
      const { ownerReferences = [] } = metadata;
      const left = ownerReferences.filter((owner) => owner.uid !== uid);
      if (ownerReferences.length > 0 && left.length === 0) this.secrets.delete(metadata.namespace, metadata.name);
    }
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

  private define(definition: CustomResourceDefinition): void {
    for (const kind of kindsOf(definition)) {
      if (this.kindOf(kind.apiVersion, kind.kind)) continue;
      this.customKinds.push(kind);
      if (this.custom.has(customKey(kind))) continue;
      const { schema } = kind;
      const rules: Rules<CustomResource> = schema
        ? {
            defaults: (object) => ({ ...object, ...specOf(schema.properties?.spec, object.spec) }),
            faults: ({ spec = {} }) =>
              schema.properties?.spec ? schemaFaults(schema.properties.spec, spec, "spec") : [],
          }
        : {};
      this.custom.set(customKey(kind), this.checkedIn(kind, rules));
    }
  }

  /** With a definition its kind goes, and everything of it. */
  private undefine(definition: string): void {
    const gone = this.customKinds.filter(({ plural }) => plural === definition);
    for (const kind of gone) {
      this.customKinds.splice(this.customKinds.indexOf(kind), 1);
      this.custom.delete(customKey(kind));
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
    const objects = this.checkedIn(kind, rules);
    this.kinds.set(kind.kind, objects as unknown as Objects<NewObject>);
    return objects;
  }

  private checkedIn<T extends NewObject>(kind: Kind, rules: Rules<T>): Objects<T> {
    return new Objects<T>(kind, this.server, {
      ...rules,
      admit: (object, isNew) => {
        if (kind.isNamespaced) this.assertNamespace(object, isNew);
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
}

function groupOf({ apiVersion }: Kind): string {
  return apiVersion.includes("/") ? apiVersion.replace(/\/.*/, "") : "";
}

function customKey(kind: Kind): string {
  return `${kind.kind}.${groupOf(kind)}`;
}

/** Of a custom resource all but `spec` and `status` is Kubernetes' own. */
function specOf(schema: StructuralSchema | undefined, spec: Json | undefined): { spec?: Json } {
  if (spec === undefined && schema?.default === undefined) return {};
  const value = spec ?? schema?.default ?? {};
  return { spec: schema ? pruned(schema, value) : value };
}
