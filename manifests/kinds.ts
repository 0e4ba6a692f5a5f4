/** Kinds that the provider has a typed resource for, by the versions that are served today. */
const CURRENT: Readonly<Record<string, readonly string[]>> = {
  v1: [
    ...["ConfigMap", "Endpoints", "LimitRange", "Namespace", "PersistentVolume", "PersistentVolumeClaim", "Pod"],
    ...["ReplicationController", "ResourceQuota", "Secret", "Service", "ServiceAccount"],
  ],
  "admissionregistration.k8s.io/v1": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  "apiregistration.k8s.io/v1": ["APIService"],
  "apps/v1": ["DaemonSet", "Deployment", "StatefulSet"],
  "autoscaling/v1": ["HorizontalPodAutoscaler"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "batch/v1": ["CronJob", "Job"],
  "discovery.k8s.io/v1": ["EndpointSlice"],
  "networking.k8s.io/v1": ["Ingress", "IngressClass", "NetworkPolicy"],
  "node.k8s.io/v1": ["RuntimeClass"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  "scheduling.k8s.io/v1": ["PriorityClass"],
  "storage.k8s.io/v1": ["CSIDriver", "StorageClass"],
};

/** Groups of Kubernetes itself: what they have and the provider has not is no custom resource. */
const OWN_GROUP = /^(v1|(apps|autoscaling|batch|extensions|policy)\/.*|[\w.]+\.k8s\.io\/.*)$/;

/** Groups below k8s.io whose kinds are custom resources all the same. */
const CUSTOM_GROUP = /^(gateway\.networking|snapshot\.storage|metrics|[\w.]+\.x)\.k8s\.io\//;

/** A kind of object and the resource that it becomes. */
export interface TypedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** `kubernetes_deployment_v1`. */
  readonly type: string;
}

/** All of them, in the order of their names. */
export const TYPED_KINDS: readonly TypedKind[] = Object.entries(CURRENT)
  .flatMap(([apiVersion, kinds]) => kinds.map((kind) => ({ apiVersion, kind, type: typeOf(apiVersion, kind) })))
  .sort((a, b) => (a.type < b.type ? -1 : 1));

const BY_NAME = new Map(TYPED_KINDS.map((known) => [`${known.apiVersion} ${known.kind}`, known]));

/** @returns The typed resource of an object; undefined for any other. */
export function typedKind(apiVersion: string, kind: string): TypedKind | undefined {
  return BY_NAME.get(`${apiVersion} ${kind}`);
}

/** Whether objects of the version are defined by a CustomResourceDefinition, as opposed to Kubernetes. */
export function isCustom(apiVersion: string): boolean {
  return CUSTOM_GROUP.test(apiVersion) || !OWN_GROUP.test(apiVersion);
}

/** `CSIDriver` of `storage.k8s.io/v1` is `kubernetes_csi_driver_v1`. */
function typeOf(apiVersion: string, kind: string): string {
  const words = kind.replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3_$2").toLowerCase();
  return `kubernetes_${words}_${apiVersion.replace(/^.*\//, "")}`;
}
