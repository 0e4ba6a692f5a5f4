import { apiName, isMode, isRepeatedInApi, type AttributeSchema, type BlockSchema } from "../../../bindings";
import type { Json } from "../../clouds/kubernetes/api-object";
import { UNKNOWN, type Attributes, type Value } from "../../sdk/model";

/** Arguments that are texts for the provider and whole numbers for the API. */
const INTEGERS: ReadonlySet<string> = new Set(["fs_group", "replicas", "run_as_group", "run_as_user"]);
/** Texts that the API takes for a number where they are one: a port by number or by name, a count or a percentage. */
const NUMBERS_OR_TEXTS: ReadonlySet<string> = new Set([
  ...["max_surge", "max_unavailable", "min_available", "port", "target_port"],
]);

/**
 * @param sent Paths of arguments that are sent even where they are empty.
 * @returns The API's form of a block, without what was left out. Other empty texts and collections count as left out.
 */
export function expand(
  schema: BlockSchema,
  attributes: Attributes,
  sent: ReadonlySet<string>,
  path = "",
): Record<string, Json> {
  const object: Record<string, Json> = {};
  for (const [name, { computed, optional }] of Object.entries(schema.attributes)) {
    const value = attributes[name] ?? null;
    const isSent = value !== null && sent.has(`${path}${name}`);
    if ((computed && !optional) || (isLeftOut(value) && !isSent)) continue;
    object[apiName(name)] = toApi(name, value);
  }
  for (const [name, nested] of Object.entries(schema.blocks)) {
    const elements = listOf(attributes[name]).map((element) =>
      expand(nested.block, element as Attributes, sent, `${path}${name}.`),
    );
    if (elements.length === 0) continue;
    const isRepeated = isRepeatedInApi(`${path}${name}`, nested.maxItems);
    object[apiName(name, isRepeated)] = isRepeated ? elements : (elements[0] ?? {});
  }
  return object;
}

/** @returns The provider's form of an API object: null where it has nothing. */
export function flatten(
  schema: BlockSchema,
  object: Readonly<Record<string, Json | undefined>>,
  path = "",
): Attributes {
  const attributes: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    attributes[name] = fromApi(name, attribute, object[apiName(name)] ?? null);
  }
  for (const [name, nested] of Object.entries(schema.blocks)) {
    const value = object[apiName(name, isRepeatedInApi(`${path}${name}`, nested.maxItems))];
    const elements = value === undefined || value === null ? [] : Array.isArray(value) ? (value as Json[]) : [value];
    attributes[name] = elements.map((element) =>
      flatten(nested.block, element as Record<string, Json>, `${path}${name}.`),
    );
  }
  return attributes;
}

function isLeftOut(value: Value): boolean {
  if (value === null || value === UNKNOWN || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function toApi(name: string, value: Value): Json {
  if (typeof value !== "string") return value as Json;
  if (INTEGERS.has(name) || (NUMBERS_OR_TEXTS.has(name) && /^\d+$/.test(value))) return Number(value);
  return isMode(name) ? Number.parseInt(value, 8) : value;
}

function fromApi(name: string, { type }: AttributeSchema, value: Json): Value {
  if (typeof value === "number" && type === "string") {
    return isMode(name) ? `0${value.toString(8)}` : String(value);
  }
  return value as Value;
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}
