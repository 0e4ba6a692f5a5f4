import type { Mapping } from "../config/mapping";
import { served } from "./former-versions";
import { isCustom, typedKind, type TypedKind } from "./kinds";
import { describe, titleOf, type ManifestObject } from "./manifest-object";
import { schemaOf } from "./resource-schema";
import { withPlainBase64 } from "./secrets";

export interface PlacingOptions {
  /** Namespace of objects that name none. */
  readonly namespace: string;
  /** Whether objects without a typed resource become `kubernetes_manifest`. */
  readonly customResources: boolean;
}

/** An object with where it lies, and what it becomes. */
export interface Placed {
  readonly object: ManifestObject;
  /** Version that is served. */
  readonly apiVersion: string;
  readonly value: Mapping;
  readonly id: string;
  readonly namespace: string | undefined;
  /** @default - `kubernetes_manifest` */
  readonly typed: TypedKind | undefined;
}

/** Objects with their namespaces, as far as there is a resource for them. Each is there once. */
export function placeObjects(objects: readonly ManifestObject[], options: PlacingOptions, lines: string[]): Placed[] {
  const known = new Map<string, ManifestObject>();
  return objects.flatMap((object): Placed[] => {
    const { kind, name } = object;
    const { apiVersion, value } = served(object.apiVersion, kind, object.value);
    const typed = typedKind(apiVersion, kind);
    if (!typed && !options.customResources) {
      lines.push(...describe(object, [{ path: ["kind"], rule: withoutResource(object) }]));
      return [];
    }
    const isNamespaced = typed ? isNamespacedType(typed.type) : isNamespacedCustom(object);
    if (!isNamespaced && object.namespace !== undefined && typed) {
      lines.push(
        ...describe(object, [
          { path: ["metadata", "namespace"], rule: `must be left out: a ${kind} is in no namespace` },
        ]),
      );
    }
    const namespace = isNamespaced ? (object.namespace ?? options.namespace) : undefined;
    const id = idOf(typed ? kind : `${kind}.${apiVersion.replace(/\/.*/, "")}`, name, namespace);
    const first = known.get(id);
    if (first) {
      const rule = `is a second ${titleOf({ kind, name, namespace })}: the first is at ${first.places.placeOf(first.at)}`;
      lines.push(...describe(object, [{ path: ["metadata", "name"], rule, showValue: false }]));
      return [];
    }
    known.set(id, object);
    return [{ object, apiVersion, value: withPlainBase64(kind, value), id, namespace, typed }];
  });
}

function withoutResource({ apiVersion }: ManifestObject): string {
  const remedy =
    "with customResources: true it goes through kubernetes_manifest, whose plan needs the cluster and its CustomResourceDefinition";
  return isCustom(apiVersion)
    ? `is a custom resource of ${apiVersion}, for which the provider has no typed resource; ${remedy}`
    : `is no kind of ${apiVersion} that the provider has a typed resource for; ${remedy}`;
}

function isNamespacedType(type: string): boolean {
  return schemaOf(type).blocks.metadata?.block.attributes.namespace !== undefined;
}

/** Only the cluster knows for sure; kinds of Kubernetes itself that come this way are in a list. */
function isNamespacedCustom({ kind, namespace }: ManifestObject): boolean {
  return (
    namespace !== undefined ||
    !/^(Cluster\w+|CustomResourceDefinition|GatewayClass|FlowSchema|PriorityLevelConfiguration)$/.test(kind)
  );
}

function idOf(kind: string, name: string, namespace = ""): string {
  // No kind, namespace or group has an underscore.
  return `${kind}_${namespace}_${name}`;
}
