import type { Json } from "../../clouds/kubernetes/api-object";
import { isOpen, schemaOf, type StructuralSchema } from "../../clouds/kubernetes/structural-schema";
import { CloudError, UNKNOWN, type Value } from "../../sdk/model";
import { asArray, asObject } from "../../sdk/shape";

const TEXT: StructuralSchema = { type: "string" };
const TEXTS: StructuralSchema = { type: "object", additionalProperties: TEXT };
const OWNER_REFERENCE: StructuralSchema = {
  type: "object",
  properties: {
    ...{ apiVersion: TEXT, kind: TEXT, name: TEXT, uid: TEXT },
    ...{ blockOwnerDeletion: { type: "boolean" }, controller: { type: "boolean" } },
  },
};

/** ObjectMeta, as it is in every object. */
const METADATA: StructuralSchema = {
  type: "object",
  properties: {
    ...{ name: TEXT, namespace: TEXT, generateName: TEXT, labels: TEXTS, annotations: TEXTS },
    finalizers: { type: "array", items: TEXT },
    ownerReferences: { type: "array", items: OWNER_REFERENCE },
    managedFields: { type: "array", items: {} },
    ...{ uid: TEXT, resourceVersion: TEXT, selfLink: TEXT, creationTimestamp: TEXT, deletionTimestamp: TEXT },
    ...{ generation: { type: "integer" }, deletionGracePeriodSeconds: { type: "integer" } },
  },
};

/** What the API server decides: it is left out of the `object` attribute. */
const SERVER_SIDE: ReadonlySet<string> = new Set([
  ...["uid", "creationTimestamp", "resourceVersion", "generation", "selfLink", "managedFields"],
]);

/** A schema that says nothing of what an object holds: a change of such an object replaces it. */
export function isUnstructured(schema: StructuralSchema | undefined): boolean {
  return schema !== undefined && isOpen(schema);
}

/**
 * The schema of the `object` attribute.
 * @param schema Of the kind. @default - nobody here knows it: the object has what its manifest has
 */
export function objectSchema(schema: StructuralSchema | undefined, manifest: Value): StructuralSchema {
  const fields = Object.entries((schema ?? schemaOf(sentOf(manifest, manifest))).properties ?? {});
  const own = Object.fromEntries(fields.filter(([name]) => name !== "status"));
  return { type: "object", properties: { ...own, apiVersion: TEXT, kind: TEXT, metadata: METADATA } };
}

/** Fills in what a value leaves out: UNKNOWN, all the way down. */
export function completed(schema: StructuralSchema, value: Value): Value {
  if (value === UNKNOWN) return UNKNOWN;
  const { properties, additionalProperties, items } = schema;
  if (properties) {
    const object = asObject(value) ?? {};
    return mapped(properties, (inner, name) => completed(inner, object[name] ?? null));
  }
  if (value === null) return UNKNOWN;
  if (additionalProperties) return mapped(asObject(value) ?? {}, (field) => completed(additionalProperties, field));
  return items ? asArray(value).map((item) => completed(items, item)) : value;
}

/** @returns The value as state has it: null for what nobody has decided. */
export function unknownToNull(value: Value): Value {
  if (value === UNKNOWN) return null;
  if (Array.isArray(value)) return (value as readonly Value[]).map(unknownToNull);
  const object = asObject(value);
  return object ? mapped(object, unknownToNull) : value;
}

/** @returns The `object` attribute of an object as it is. */
export function stateOf(schema: StructuralSchema, stored: object): Value {
  const { metadata, ...rest } = JSON.parse(JSON.stringify(stored)) as Record<string, Value>;
  const own = Object.entries(asObject(metadata) ?? {}).filter(([name]) => !SERVER_SIDE.has(name));
  return unknownToNull(completed(schema, { ...rest, metadata: Object.fromEntries(own) }));
}

/**
 * @param manifest What the configuration says, empty objects among it.
 * @returns What is sent: without what is null, and without objects that are there for their shape alone.
 */
export function sentOf(value: Value, manifest: Value | undefined): Json | undefined {
  if (value === null || value === UNKNOWN) return undefined;
  if (Array.isArray(value)) {
    const given = asArray(manifest);
    return (value as readonly Value[]).flatMap((item, index) => sentOf(item, given[index]) ?? []);
  }
  const object = asObject(value);
  if (!object) return value as Json;
  const given = asObject(manifest);
  const fields = Object.entries(object).flatMap(([name, field]): [string, Json][] => {
    const sent = sentOf(field, given?.[name]);
    return sent === undefined ? [] : [[name, sent]];
  });
  return fields.length === 0 && !given ? undefined : Object.fromEntries(fields);
}

/** @throws CloudError in the provider's words where the manifest does not fit the schema. */
export function assertFits(schema: StructuralSchema, value: Value, path = "object"): void {
  if (value === null || value === UNKNOWN || isOpen(schema)) return;
  const { type, properties, additionalProperties, items } = schema;
  const fault = (text: string) =>
    new CloudError(`Manifest configuration incompatible with resource schema\n\n${text}\n...at attribute:\n${path}`);
  const object = asObject(value);
  if (object) {
    if (type !== "object") throw fault(`Required type ${typeWord(schema)}, but got Object`);
    for (const [name, field] of Object.entries(object)) {
      const inner = properties?.[name] ?? additionalProperties;
      const here = `${path}${additionalProperties ? `[${name}]` : `.${name}`}`;
      if (inner) assertFits(inner, field, here);
      else if (!schema["x-kubernetes-preserve-unknown-fields"]) {
        throw new CloudError(
          `Manifest configuration incompatible with resource schema\n\nUnable to find schema type for attribute:\n${here}`,
        );
      }
    }
    return;
  }
  if (Array.isArray(value)) {
    if (type !== "array") throw fault(`Required type ${typeWord(schema)}, but got Tuple`);
    for (const [index, item] of (value as readonly Value[]).entries()) {
      if (items) assertFits(items, item, `${path}[${index}]`);
    }
    return;
  }
  if (type === "object" || type === "array") throw fault(`Cannot transform value into type ${typeWord(schema)}`);
}

function typeWord({ type, items, properties }: StructuralSchema): string {
  if (type === "array") return items ? "List" : "Tuple";
  if (type === "object") return properties ? "Object" : "Map";
  return { integer: "Number", number: "Number", boolean: "Bool" }[type ?? ""] ?? "String";
}

function mapped<V, T>(record: Readonly<Record<string, V>>, each: (value: V, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, each(value, name)]));
}

/** @returns The value at a path, undefined where there is none. */
export function valueAt(value: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((inner, step) => {
    if (typeof step === "number") return asArray(inner)[step];
    const object = asObject(inner);
    return object && Object.hasOwn(object, step) ? object[step] : undefined;
  }, value);
}
