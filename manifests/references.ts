import { isMapping, type Mapping } from "../config/mapping";
import { mappingAt, itemsAt } from "./checks/check";
import { containersOf, podSpecOf } from "./pods";

/** An object that another one needs. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
  /** Left out for objects of the cluster. */
  readonly namespace?: string | undefined;
}

/** What an object needs to be there before it, of the same namespace where it says no other. @param namespace Of the object. */
export function referencesOf(kind: string, object: Mapping, namespace: string | undefined): Reference[] {
  const found: Reference[] = [];
  const local = (of: string, name: unknown): void => {
    if (typeof name === "string" && name !== "") found.push({ kind: of, name, namespace });
  };
  const global = (of: string, name: unknown): void => {
    if (typeof name === "string" && name !== "") found.push({ kind: of, name });
  };
  podReferences(kind, object, local, global);
  const spec = mappingAt(object, ["spec"]);
  switch (kind) {
    case "RoleBinding":
    case "ClusterRoleBinding": {
      const role = mappingAt(object, ["roleRef"]);
      if (role.kind === "Role") local("Role", role.name);
      else global("ClusterRole", role.name);
      for (const { item } of itemsAt(object, ["subjects"])) {
        if (item.kind !== "ServiceAccount" || typeof item.name !== "string" || typeof item.namespace !== "string")
          continue;
        found.push({ kind: "ServiceAccount", name: item.name, namespace: item.namespace });
      }
      break;
    }
    case "ServiceAccount":
      for (const { item } of itemsAt(object, ["imagePullSecrets"])) local("Secret", item.name);
      break;
    case "Secret":
      local("ServiceAccount", mappingAt(object, ["metadata", "annotations"])["kubernetes.io/service-account.name"]);
      break;
    case "HorizontalPodAutoscaler": {
      const target = mappingAt(spec, ["scaleTargetRef"]);
      if (typeof target.kind === "string") local(target.kind, target.name);
      break;
    }
    case "Ingress":
      global("IngressClass", spec.ingressClassName);
      for (const { item } of itemsAt(spec, ["tls"])) local("Secret", item.secretName);
      for (const name of backendsOf(spec)) local("Service", name);
      break;
    case "StatefulSet":
      local("Service", spec.serviceName);
      for (const { item } of itemsAt(spec, ["volumeClaimTemplates"]))
        global("StorageClass", mappingAt(item, ["spec"]).storageClassName);
      break;
    case "PersistentVolumeClaim":
      global("StorageClass", spec.storageClassName);
      global("PersistentVolume", spec.volumeName);
      break;
    case "PersistentVolume":
      global("StorageClass", spec.storageClassName);
      break;
    default:
  }
  return found;
}

function podReferences(
  kind: string,
  object: Mapping,
  local: (kind: string, name: unknown) => void,
  global: (kind: string, name: unknown) => void,
): void {
  const pod = podSpecOf(kind, object);
  if (!pod) return;
  const { spec } = pod;
  local("ServiceAccount", spec.serviceAccountName ?? spec.serviceAccount);
  global("PriorityClass", spec.priorityClassName);
  global("RuntimeClass", spec.runtimeClassName);
  for (const { item } of itemsAt(spec, ["imagePullSecrets"])) local("Secret", item.name);
  for (const { container } of containersOf(pod)) {
    for (const { item } of itemsAt(container, ["envFrom"])) {
      local("ConfigMap", mappingAt(item, ["configMapRef"]).name);
      local("Secret", mappingAt(item, ["secretRef"]).name);
    }
    for (const { item } of itemsAt(container, ["env"])) {
      local("ConfigMap", mappingAt(item, ["valueFrom", "configMapKeyRef"]).name);
      local("Secret", mappingAt(item, ["valueFrom", "secretKeyRef"]).name);
    }
  }
  for (const { item } of itemsAt(spec, ["volumes"])) {
    const sources = [item, ...itemsAt(item, ["projected", "sources"]).map((source) => source.item)];
    for (const source of sources) {
      local("ConfigMap", mappingAt(source, ["configMap"]).name);
      local("Secret", mappingAt(source, ["secret"]).secretName ?? mappingAt(source, ["secret"]).name);
    }
    local("PersistentVolumeClaim", mappingAt(item, ["persistentVolumeClaim"]).claimName);
  }
}

function backendsOf(spec: Mapping): unknown[] {
  const rules = itemsAt(spec, ["rules"]).flatMap(({ item }) =>
    itemsAt(item, ["http", "paths"]).map((path) => path.item.backend),
  );
  return [spec.defaultBackend, ...rules].map((backend) =>
    isMapping(backend) ? mappingAt(backend, ["service"]).name : undefined,
  );
}
