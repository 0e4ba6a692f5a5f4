import { isMapping, valueOf, type Mapping } from "../config/mapping";
import { replaced } from "./pods";

/** An object as a version has it that is served. */
interface Served {
  readonly apiVersion: string;
  readonly value: Mapping;
}

/** What a former version has otherwise. */
type Change = (object: Mapping) => Mapping;

const asIs: Change = (object) => object;

/** Left out, a selector was made of the template's labels: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#deployment-v116 */
const withSelector: Change = (object) => {
  const template = valueOf(object.spec, "template");
  const labels = valueOf(valueOf(template, "metadata"), "labels");
  const selector = valueOf(object.spec, "selector");
  if (isMapping(selector) || !isMapping(labels) || !isMapping(object.spec)) return object;
  return { ...object, spec: { ...object.spec, selector: { matchLabels: labels } } };
};

/** https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122 */
const withServiceBackends: Change = (object) => {
  const { spec } = object;
  if (!isMapping(spec)) return object;
  const { backend: fallback, ...rest } = spec;
  const rules: readonly unknown[] = Array.isArray(rest.rules) ? (rest.rules as unknown[]) : [];
  return {
    ...object,
    spec: {
      ...rest,
      ...(fallback !== undefined && { defaultBackend: servicePort(fallback) }),
      ...(rest.rules !== undefined && { rules: rules.map(withServices) }),
    },
  };
};

function withServices(rule: unknown): unknown {
  const paths = valueOf(valueOf(rule, "http"), "paths");
  if (!isMapping(rule) || !Array.isArray(paths)) return rule;
  const changed = (paths as unknown[]).map((path) =>
    isMapping(path) ? { pathType: "ImplementationSpecific", ...path, backend: servicePort(path.backend) } : path,
  );
  return replaced(rule, ["http", "paths"], changed);
}

function servicePort(backend: unknown): unknown {
  if (!isMapping(backend) || backend.serviceName === undefined) return backend;
  const { serviceName, servicePort: port, ...rest } = backend;
  const key = typeof port === "number" ? "number" : "name";
  return { ...rest, service: { name: serviceName, port: { [key]: port } } };
}

/** By former version and kind: the version that took its place, and what else has to change. */
const FORMER: Readonly<Record<string, readonly [apiVersion: string, change: Change]>> = {
  "apps/v1beta1 Deployment": ["apps/v1", withSelector],
  "apps/v1beta1 StatefulSet": ["apps/v1", withSelector],
  "apps/v1beta2 DaemonSet": ["apps/v1", withSelector],
  "apps/v1beta2 Deployment": ["apps/v1", withSelector],
  "apps/v1beta2 StatefulSet": ["apps/v1", withSelector],
  "autoscaling/v2beta2 HorizontalPodAutoscaler": ["autoscaling/v2", asIs],
  "batch/v1beta1 CronJob": ["batch/v1", asIs],
  "discovery.k8s.io/v1beta1 EndpointSlice": ["discovery.k8s.io/v1", asIs],
  "extensions/v1beta1 DaemonSet": ["apps/v1", withSelector],
  "extensions/v1beta1 Deployment": ["apps/v1", withSelector],
  "extensions/v1beta1 Ingress": ["networking.k8s.io/v1", withServiceBackends],
  "extensions/v1beta1 NetworkPolicy": ["networking.k8s.io/v1", asIs],
  "networking.k8s.io/v1beta1 Ingress": ["networking.k8s.io/v1", withServiceBackends],
  "networking.k8s.io/v1beta1 IngressClass": ["networking.k8s.io/v1", asIs],
  "node.k8s.io/v1beta1 RuntimeClass": ["node.k8s.io/v1", asIs],
  "policy/v1beta1 PodDisruptionBudget": ["policy/v1", asIs],
  "rbac.authorization.k8s.io/v1beta1 ClusterRole": ["rbac.authorization.k8s.io/v1", asIs],
  "rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding": ["rbac.authorization.k8s.io/v1", asIs],
  "rbac.authorization.k8s.io/v1beta1 Role": ["rbac.authorization.k8s.io/v1", asIs],
  "rbac.authorization.k8s.io/v1beta1 RoleBinding": ["rbac.authorization.k8s.io/v1", asIs],
  "scheduling.k8s.io/v1beta1 PriorityClass": ["scheduling.k8s.io/v1", asIs],
  "storage.k8s.io/v1beta1 CSIDriver": ["storage.k8s.io/v1", asIs],
  "storage.k8s.io/v1beta1 StorageClass": ["storage.k8s.io/v1", asIs],
};

/** Kinds that are taken in a version that is no longer served. */
export const FORMER_KINDS = Object.entries(FORMER).map(([name, [current]]) => {
  const [former = "", kind = ""] = name.split(" ");
  return { former, kind, current };
});

/** An object of a version that is no longer served, as the one that took its place has it. Any other object stays as it is. */
export function served(apiVersion: string, kind: string, object: Mapping): Served {
  const [version, change] = FORMER[`${apiVersion} ${kind}`] ?? [apiVersion, asIs];
  return { apiVersion: version, value: { ...change(object), apiVersion: version } };
}
