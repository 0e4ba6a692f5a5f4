import { isDeepStrictEqual } from "node:util";
import { UNKNOWN, type Attributes, type Value } from "./model";
import type { BlockSchema, NestedBlockSchema } from "../../bindings";
import { asArray, asObject } from "./shape";

/**
 * Plans a block: what the configuration says, and for what it leaves out, in this order:
 * an attribute that the provider never computes gets its default; an existing object keeps what it has, so computed
 * attributes stay known through an update; a new one gets the default, or UNKNOWN until apply.
 * Nested blocks meet their earlier selves by position in a list, and by their configured attributes in a set.
 * @param prior The object as it is, undefined where it is to be created.
 */
export function planBlock(
  schema: BlockSchema,
  config: Attributes,
  prior: Attributes | undefined,
  defaults: Attributes,
): Attributes {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    const configured = config[name] ?? null;
    const fallback = defaults[name] ?? null;
    if (attribute.writeOnly) {
      planned[name] = null;
    } else if (configured !== null) {
      planned[name] = configured;
    } else if (!attribute.computed) {
      planned[name] = fallback;
    } else {
      planned[name] = prior ? (prior[name] ?? null) : (fallback ?? UNKNOWN);
    }
  }
  for (const [name, nested] of Object.entries(schema.blocks)) {
    planned[name] = planNested(nested, config[name] ?? null, prior, defaults[name], name);
  }
  return planned;
}

function planNested(
  nested: NestedBlockSchema,
  configured: Value,
  parent: Attributes | undefined,
  defaults: Value | undefined,
  name: string,
): Value {
  if (configured === UNKNOWN) {
    return UNKNOWN;
  }
  const prior = parent?.[name];
  if (nested.nesting === "single") {
    return configured === null
      ? null
      : planBlock(nested.block, configured as Attributes, asObject(prior), asObject(defaults) ?? {});
  }
  const elements = asArray(configured);
  if (elements.length === 0 && nested.computed) {
    return parent ? (prior ?? []) : (defaults ?? UNKNOWN);
  }
  return elements.map((element, index) => {
    const earlier =
      nested.nesting === "list"
        ? asArray(prior)[index]
        : asArray(prior).find((candidate) => agrees(element as Attributes, candidate as Attributes));
    return planBlock(nested.block, element as Attributes, asObject(earlier), asObject(asArray(defaults)[index]) ?? {});
  });
}

/** Whether everything that the configuration sets has the same value in an earlier object. */
function agrees(config: Attributes, prior: Attributes): boolean {
  return Object.entries(config).every(([name, value]) => isUnset(value) || isDeepStrictEqual(value, prior[name]));
}

function isUnset(value: Value): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

/**
 * Lays what a model returned over an object. Attributes replace; nested blocks merge by position, and there are then
 * as many as `changes` has; UNKNOWN changes nothing. Names that the schema does not have stay, for the encoder to refuse.
 */
export function overlay(schema: BlockSchema, base: Attributes, changes: Attributes): Attributes {
  const result: Record<string, Value> = { ...changes };
  const chosen = (name: string): Value =>
    (name in changes && changes[name] !== UNKNOWN ? changes[name] : base[name]) ?? null;
  for (const [name, { writeOnly }] of Object.entries(schema.attributes)) {
    result[name] = writeOnly ? null : chosen(name);
  }
  for (const [name, { nesting, block }] of Object.entries(schema.blocks)) {
    const value = chosen(name);
    if (nesting === "single") {
      const object = asObject(value);
      result[name] = object ? overlay(block, asObject(base[name]) ?? {}, object) : null;
    } else if (value !== UNKNOWN) {
      const earlier = asArray(base[name]);
      result[name] = asArray(value).map((element, index) =>
        overlay(block, asObject(earlier[index]) ?? {}, asObject(element) ?? {}),
      );
    } else {
      result[name] = UNKNOWN;
    }
  }
  return result;
}
