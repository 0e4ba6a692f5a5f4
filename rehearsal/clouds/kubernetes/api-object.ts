/** The part of Kubernetes' API objects that the rehearsal looks at, in the API's own shape and words. */

export type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };

type Labels = Readonly<Record<string, string>>;

/** What a client sends of `metadata`. */
export interface NewMetadata {
  readonly name: string;
  /** Left out for objects of the cluster. */
  readonly namespace?: string | undefined;
  readonly labels?: Labels | undefined;
  readonly annotations?: Labels | undefined;
  /** Who has to let go of the object before it is deleted. */
  readonly finalizers?: readonly string[] | undefined;
  /** With the last of them it goes as well. */
  readonly ownerReferences?:
    readonly { readonly kind: string; readonly name: string; readonly uid: string }[] | undefined;
}

export interface Metadata extends NewMetadata {
  readonly uid: string;
  readonly resourceVersion: string;
  /** Only of objects whose `spec` a controller follows. */
  readonly generation?: number | undefined;
  readonly creationTimestamp: string;
  /** From when the object is being deleted. */
  readonly deletionTimestamp?: string | undefined;
}

/** An object as a client sends it. */
export interface NewObject {
  readonly metadata: NewMetadata;
}

/** An object as the API server keeps it. */
export type Stored<T extends NewObject> = T & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
};

export interface Namespace extends NewObject {
  readonly spec?: { readonly finalizers: readonly string[] };
  readonly status?: { readonly phase: string };
}

export interface Secret extends NewObject {
  readonly type?: string | undefined;
  /** Decoded, as a pod would see it; the API has base64. */
  readonly data?: Labels | undefined;
  readonly immutable?: boolean | undefined;
}

export interface SecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly privileged?: boolean;
  readonly procMount?: string;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

export interface PodSecurityContext extends SecurityContext {
  readonly sysctls?: readonly { readonly name: string; readonly value: string }[];
}

/** An object of the pod's namespace that a container is given something of. */
export interface Reference {
  readonly name: string;
  readonly optional?: boolean;
}

export interface KeyReference extends Reference {
  readonly key: string;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly command?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: KeyReference; readonly configMapKeyRef?: KeyReference };
  }[];
  readonly envFrom?: readonly { readonly secretRef?: Reference; readonly configMapRef?: Reference }[];
  readonly ports?: readonly { readonly containerPort: number; readonly name?: string; readonly hostPort?: number }[];
  readonly resources?: { readonly limits?: Labels; readonly requests?: Labels };
  readonly securityContext?: SecurityContext;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [probe: `${string}Probe`]: Json | undefined;
}

export interface Toleration {
  /** @default - tolerates every key */
  readonly key?: string | undefined;
  /** `Exists` or `Equal`. */
  readonly operator?: string | undefined;
  readonly value?: string | undefined;
  /** @default - every effect */
  readonly effect?: string | undefined;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  /** @default - default */
  readonly serviceAccountName?: string;
  readonly nodeSelector?: Labels;
  readonly tolerations?: readonly Toleration[];
  readonly securityContext?: PodSecurityContext;
  readonly restartPolicy?: string;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly volumes?: readonly ({ readonly name: string } & Readonly<Record<string, Json>>)[];
}

export interface PodTemplate {
  readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: PodSpec;
}

export interface Condition {
  readonly type: string;
  readonly status: "True" | "False";
  readonly reason: string;
  readonly message: string;
}

export interface DeploymentStatus {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly unavailableReplicas: number;
  readonly conditions: readonly Condition[];
}

export interface DeploymentSpec {
  readonly replicas?: number;
  readonly selector: { readonly matchLabels?: Labels };
  readonly template: PodTemplate;
  readonly progressDeadlineSeconds?: number;
  readonly strategy?: {
    readonly type?: string;
    readonly rollingUpdate?: { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string };
  };
}

export interface Deployment extends NewObject {
  readonly spec: DeploymentSpec;
  readonly status?: DeploymentStatus;
}

/** A StatefulSet, a DaemonSet or a Job: like a Deployment, but for how its pods are replaced. */
export interface PodController extends NewObject {
  readonly spec: Omit<DeploymentSpec, "selector"> & {
    readonly selector?: DeploymentSpec["selector"];
    /** Of a StatefulSet: what each pod gets one of its own of. */
    readonly volumeClaimTemplates?: readonly NewObject[];
  };
}

/** A pod that somebody made by hand. */
export interface PodObject extends NewObject {
  readonly spec: PodSpec;
}

export interface CronJob extends NewObject {
  readonly spec: { readonly suspend?: boolean; readonly jobTemplate: { readonly spec: PodController["spec"] } };
}

export interface Autoscaler extends NewObject {
  readonly spec: {
    readonly minReplicas?: number;
    readonly maxReplicas: number;
    readonly behavior?: Readonly<Record<string, { readonly selectPolicy?: string }>>;
  };
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

export interface Service extends NewObject {
  readonly spec: {
    readonly selector?: Labels;
    readonly type?: string;
    readonly clusterIP?: string;
    readonly clusterIPs?: readonly string[];
    readonly externalTrafficPolicy?: string;
    readonly loadBalancerSourceRanges?: readonly string[];
    readonly ports?: readonly ServicePort[];
  };
  readonly status?: { readonly loadBalancer: { readonly ingress?: readonly { readonly ip: string }[] } };
}

export interface LimitRange extends NewObject {
  readonly spec: {
    readonly limits: readonly { readonly type: string; readonly default?: Labels; readonly max?: Labels }[];
  };
}

export interface ResourceQuota extends NewObject {
  readonly spec: { readonly hard?: Labels };
}
