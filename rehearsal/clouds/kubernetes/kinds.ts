/** What the API server knows of a kind of object. */
export interface Kind {
  readonly kind: string;
  readonly apiVersion: string;
  /** As in its messages: `deployments.apps`. */
  readonly plural: string;
  readonly isNamespaced: boolean;
  /** A controller follows its `spec`: changes of that are counted. */
  readonly hasGeneration: boolean;
}

export const KINDS = {
  namespace: kind("Namespace", "v1", "namespaces", false),
  secret: kind("Secret", "v1", "secrets"),
  service: kind("Service", "v1", "services"),
  deployment: kind("Deployment", "apps/v1", "deployments.apps", true, true),
  podDisruptionBudget: kind("PodDisruptionBudget", "policy/v1", "poddisruptionbudgets.policy", true, true),
  resourceQuota: kind("ResourceQuota", "v1", "resourcequotas"),
  limitRange: kind("LimitRange", "v1", "limitranges"),
  configMap: kind("ConfigMap", "v1", "configmaps"),
  serviceAccount: kind("ServiceAccount", "v1", "serviceaccounts"),
  persistentVolumeClaim: kind("PersistentVolumeClaim", "v1", "persistentvolumeclaims"),
  statefulSet: kind("StatefulSet", "apps/v1", "statefulsets.apps", true, true),
  daemonSet: kind("DaemonSet", "apps/v1", "daemonsets.apps", true, true),
  job: kind("Job", "batch/v1", "jobs.batch", true, true),
  cronJob: kind("CronJob", "batch/v1", "cronjobs.batch", true, true),
  autoscaler: kind("HorizontalPodAutoscaler", "autoscaling/v2", "horizontalpodautoscalers.autoscaling"),
  networkPolicy: kind("NetworkPolicy", "networking.k8s.io/v1", "networkpolicies.networking.k8s.io", true, true),
  ingress: kind("Ingress", "networking.k8s.io/v1", "ingresses.networking.k8s.io", true, true),
  role: kind("Role", "rbac.authorization.k8s.io/v1", "roles.rbac.authorization.k8s.io"),
  roleBinding: kind("RoleBinding", "rbac.authorization.k8s.io/v1", "rolebindings.rbac.authorization.k8s.io"),
  pod: kind("Pod", "v1", "pods"),
  replicationController: kind("ReplicationController", "v1", "replicationcontrollers", true, true),
  endpoints: kind("Endpoints", "v1", "endpoints"),
  endpointSlice: kind("EndpointSlice", "discovery.k8s.io/v1", "endpointslices.discovery.k8s.io"),
  persistentVolume: kind("PersistentVolume", "v1", "persistentvolumes", false),
  storageClass: kind("StorageClass", "storage.k8s.io/v1", "storageclasses.storage.k8s.io", false),
  csiDriver: kind("CSIDriver", "storage.k8s.io/v1", "csidrivers.storage.k8s.io", false),
  priorityClass: kind("PriorityClass", "scheduling.k8s.io/v1", "priorityclasses.scheduling.k8s.io", false),
  runtimeClass: kind("RuntimeClass", "node.k8s.io/v1", "runtimeclasses.node.k8s.io", false),
  ingressClass: kind("IngressClass", "networking.k8s.io/v1", "ingressclasses.networking.k8s.io", false, true),
  apiService: kind("APIService", "apiregistration.k8s.io/v1", "apiservices.apiregistration.k8s.io", false),
  clusterRole: kind("ClusterRole", "rbac.authorization.k8s.io/v1", "clusterroles.rbac.authorization.k8s.io", false),
  clusterRoleBinding: kind(
    "ClusterRoleBinding",
    "rbac.authorization.k8s.io/v1",
    "clusterrolebindings.rbac.authorization.k8s.io",
    false,
  ),
  customResourceDefinition: kind(
    "CustomResourceDefinition",
    "apiextensions.k8s.io/v1",
    "customresourcedefinitions.apiextensions.k8s.io",
    false,
    true,
  ),
  mutatingWebhooks: kind(
    "MutatingWebhookConfiguration",
    "admissionregistration.k8s.io/v1",
    "mutatingwebhookconfigurations.admissionregistration.k8s.io",
    false,
    true,
  ),
  validatingWebhooks: kind(
    "ValidatingWebhookConfiguration",
    "admissionregistration.k8s.io/v1",
    "validatingwebhookconfigurations.admissionregistration.k8s.io",
    false,
    true,
  ),
} as const;

/** @returns The kind as it stands in messages: `Deployment.apps`. */
export function qualified({ kind: name, apiVersion }: Kind): string {
  const group = apiVersion.includes("/") ? apiVersion.replace(/\/.*/, "") : undefined;
  return group === undefined ? name : `${name}.${group}`;
}

function kind(name: string, apiVersion: string, plural: string, isNamespaced = true, hasGeneration = false): Kind {
  return { kind: name, apiVersion, plural, isNamespaced, hasGeneration };
}
