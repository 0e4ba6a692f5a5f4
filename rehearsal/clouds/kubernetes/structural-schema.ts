import type { Json } from "./api-object";

/** The part of a CustomResourceDefinition's `openAPIV3Schema` that is looked at here. */
export interface StructuralSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly additionalProperties?: StructuralSchema;
  readonly items?: StructuralSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly Json[];
  readonly minLength?: number;
  readonly default?: Json;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
}

type JsonObject = Readonly<Record<string, Json | undefined>>;

/** Whether a value may hold anything. */
export function isOpen({ type, properties, additionalProperties, items }: StructuralSchema): boolean {
  return (type === undefined || type === "object") && !properties && !additionalProperties && !items;
}

/** @returns The value as the API server stores it: with defaults, and without fields that the schema does not have. */
export function pruned(schema: StructuralSchema, value: Json): Json {
  if (isOpen(schema)) return value;
  const { items, additionalProperties, properties = {} } = schema;
  if (Array.isArray(value))
    return items ? (value as readonly Json[]).map((item) => pruned(items, item)) : (value as readonly Json[]);
  if (!isObject(value)) return value;
  if (additionalProperties) return mapped(value, (item) => pruned(additionalProperties, item));
  const known = Object.entries(properties).flatMap(([name, own]): [string, Json][] => {
    const field = value[name] ?? own.default;
    return field === undefined ? [] : [[name, pruned(own, field)]];
  });
  if (!schema["x-kubernetes-preserve-unknown-fields"]) return Object.fromEntries(known);
  return { ...value, ...Object.fromEntries(known) };
}

/**
 * @param path `spec.target`.
 * @returns What is wrong with a value, in the API server's words: k8s.io/apiextensions-apiserver, pkg/apiserver/validation.
 */
export function schemaFaults(schema: StructuralSchema, value: Json, path: string): string[] {
  const { type, properties = {}, additionalProperties, items, required = [], minLength = 0 } = schema;
  const own = typeOf(value);
  if (type !== undefined && type !== own && !(type === "number" && own === "integer")) {
    return [`${path}: Invalid value: "${own}": ${path} in body must be of type ${type}: "${own}"`];
  }
  if (schema.enum && !schema.enum.includes(value)) {
    const list = schema.enum.map((one) => JSON.stringify(one)).join(", ");
    return [`${path}: Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`];
  }
  if (typeof value === "string" && value.length < minLength) {
    return [
      `${path}: Invalid value: ${JSON.stringify(value)}: ${path} in body should be at least ${minLength} chars long`,
    ];
  }
  if (Array.isArray(value)) {
    return items ? value.flatMap((item: Json, index) => schemaFaults(items, item, `${path}[${index}]`)) : [];
  }
  if (!isObject(value)) return [];
  const place = (name: string) => (path === "" ? name : `${path}.${name}`);
  return [
    ...required.filter((name) => value[name] === undefined).map((name) => `${place(name)}: Required value`),
    ...Object.entries(value).flatMap(([name, field]) => {
      const inner = properties[name] ?? additionalProperties;
      return inner && field !== undefined ? schemaFaults(inner, field, place(name)) : [];
    }),
  ];
}

/** @returns The schema of what a value has: for kinds whose schema nobody here knows. */
export function schemaOf(value: Json | undefined): StructuralSchema {
  if (!isObject(value))
    return value === null || value === undefined || Array.isArray(value) ? {} : { type: typeOf(value) };
  return { type: "object", properties: mapped(value, schemaOf) };
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapped<T>(value: JsonObject, each: (field: Json) => T): Record<string, T> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]): [string, T][] => (field === undefined ? [] : [[name, each(field)]])),
  );
}
