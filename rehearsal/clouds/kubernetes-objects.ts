import { CloudError } from "../sdk/model";

/** The part of Kubernetes' API objects that the rehearsal looks at. */

type Labels = Readonly<Record<string, string>>;

/** An object in a namespace, or with namespace "" one of the cluster. */
export interface KubernetesObject {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}

export interface Secret extends KubernetesObject {
  readonly type: string;
  /** Decoded, as a pod would see it. */
  readonly data: Labels;
  readonly immutable: boolean;
}

export interface SecurityContext {
  readonly allowPrivilegeEscalation?: boolean | undefined;
  readonly runAsNonRoot?: boolean | undefined;
  readonly seccompType?: string | undefined;
  readonly dropCapabilities?: readonly string[] | undefined;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly securityContext: SecurityContext;
}

export interface Toleration {
  /** @default - tolerates every key */
  readonly key?: string | undefined;
  /** `Exists` or `Equal`. */
  readonly operator: string;
  readonly value?: string | undefined;
  /** @default - every effect */
  readonly effect?: string | undefined;
}

export interface PodTemplate {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly containers: readonly Container[];
  readonly imagePullSecrets: readonly string[];
  readonly nodeSelector: Labels;
  readonly tolerations: readonly Toleration[];
  readonly securityContext: SecurityContext;
}

export interface Deployment extends KubernetesObject {
  readonly replicas: number;
  readonly selector: Labels;
  readonly template: PodTemplate;
}

export interface Service extends KubernetesObject {
  readonly type: string;
  readonly clusterIp: string;
  /** Where the type is LoadBalancer. */
  readonly ingressIp?: string | undefined;
}

/** Objects of one kind, with the API server's answers for those that exist or do not. */
export class Objects<T extends KubernetesObject> {
  private readonly objects = new Map<string, T>();

  /** @param plural As in the API: `deployments.apps`. */
  constructor(readonly plural: string) {}

  create(object: T): T {
    if (this.get(object.namespace, object.name)) throw new CloudError(`${this.plural} "${object.name}" already exists`);
    return this.put(object);
  }

  replace(object: T): T {
    if (!this.get(object.namespace, object.name)) throw new CloudError(`${this.plural} "${object.name}" not found`);
    return this.put(object);
  }

  get(namespace: string, name: string): T | undefined {
    return this.objects.get(`${namespace}/${name}`);
  }

  delete(namespace: string, name: string): void {
    this.objects.delete(`${namespace}/${name}`);
  }

  deleteNamespace(namespace: string): void {
    for (const object of this.values()) if (object.namespace === namespace) this.delete(namespace, object.name);
  }

  values(): T[] {
    return [...this.objects.values()];
  }

  private put(object: T): T {
    this.objects.set(`${object.namespace}/${object.name}`, object);
    return object;
  }
}
