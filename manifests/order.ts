import { valueOf } from "../config/mapping";
import { mappingAt } from "./checks/check";
import { isCustom } from "./kinds";
import type { Placed } from "./place-objects";
import { referencesOf } from "./references";

function keyOf(kind: string, name: string, namespace = ""): string {
  return `${kind} ${namespace}/${name}`;
}

/** Before an object there can only be what is made earlier in any case, so that nothing waits for itself. */
const ORDER = [
  ...["Namespace", "PriorityClass", "RuntimeClass", "StorageClass", "PersistentVolume", "ServiceAccount", "ConfigMap"],
  ...[
    "Secret",
    "ClusterRole",
    "Role",
    "ClusterRoleBinding",
    "RoleBinding",
    "PersistentVolumeClaim",
    "Service",
    "IngressClass",
  ],
];

function rankOf(kind: string): number {
  const rank = ORDER.indexOf(kind);
  if (rank >= 0) return rank;
  return kind === "HorizontalPodAutoscaler" || kind === "Ingress" ? ORDER.length + 1 : ORDER.length;
}

/** What objects of a set have to be there before others. */
export class Order {
  private readonly byName = new Map<string, string>();
  private readonly definitions = new Map<string, string>();

  constructor(placed: readonly Placed[]) {
    for (const { object, apiVersion, namespace, id } of placed) {
      if (!isCustom(apiVersion)) this.byName.set(keyOf(object.kind, object.name, namespace), id);
      if (object.kind !== "CustomResourceDefinition") continue;
      const { group, names } = mappingAt(object.value, ["spec"]);
      this.definitions.set(`${String(group)} ${String(valueOf(names, "kind"))}`, id);
    }
  }

  /** @returns Ids of the objects that this one refers to, or that define its kind. */
  before({ object, apiVersion, value, namespace, id }: Placed): string[] {
    const definition = this.definitions.get(`${apiVersion.replace(/\/.*/, "")} ${object.kind}`);
    const ids = referencesOf(object.kind, value, namespace).flatMap((reference) => {
      const found = this.byName.get(keyOf(reference.kind, reference.name, reference.namespace));
      return found !== undefined && found !== id && rankOf(reference.kind) < rankOf(object.kind) ? [found] : [];
    });
    return [...new Set([...(definition === undefined ? [] : [definition]), ...ids])].sort();
  }
}
