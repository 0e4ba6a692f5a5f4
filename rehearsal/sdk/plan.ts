import type { AttributeSchema, BlockSchema, CtyType, NestedBlockSchema, ResourceFacts } from "../../bindings";
import { isSame, unlessSame } from "./equality";
import { UNKNOWN, type Attributes, type Value } from "./model";
import { asArray, asObject } from "./shape";

/** What a plan is made of, beside the object itself. */
export interface Planning {
  readonly facts: ResourceFacts;
  /** The configuration of the whole resource. */
  readonly config: Attributes;
}

/**
 * Plans an object as SDK v2 does: what the configuration says; for what it leaves out the default; else, of what the provider
 * computes, what is there, or UNKNOWN until apply; else nothing. Where the SDK sees no difference, what is there stays.
 * Nested blocks meet their earlier selves by position in a list, and by their configured attributes in a set.
 * @param prior The object as it is, undefined where it is to be created.
 */
export function planObject(
  schema: BlockSchema,
  facts: ResourceFacts,
  config: Attributes,
  prior: Attributes | undefined,
): Attributes {
  return planBlock(schema, { facts, config }, "", config, prior, false);
}

function planBlock(
  schema: BlockSchema,
  planning: Planning,
  path: string,
  config: Attributes,
  prior: Attributes | undefined,
  inSet: boolean,
): Attributes {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    const configured = config[name] ?? null;
    planned[name] = planAttribute(
      attribute,
      planning,
      `${path}${name}`,
      configured,
      prior && (prior[name] ?? null),
      inSet,
    );
  }
  for (const [name, nested] of Object.entries(schema.blocks)) {
    planned[name] = planNested(nested, planning, `${path}${name}`, config[name] ?? null, prior, name);
  }
  return planned;
}

function planAttribute(
  { type, computed, writeOnly }: AttributeSchema,
  { facts, config }: Planning,
  path: string,
  configured: Value,
  prior: Value | undefined,
  inSet: boolean,
): Value {
  if (writeOnly) return null;
  const wanted = configured ?? facts.defaults?.[path] ?? null;
  const suppression = facts.suppresses?.[path];
  if (prior === undefined) {
    const isLost = (configured === null && wanted === "") || isEmptyMap(wanted);
    return wanted === null || isLost ? (computed ? UNKNOWN : inSet ? emptyInSet(type) : null) : wanted;
  }
  if (suppression === "revision" && isWriteOnly(config, path)) return prior;
  if (wanted === null) return computed || isSame(prior, null) ? prior : removed(prior);
  return unlessSame(prior, wanted, suppression);
}

/** A new object's plan has no empty map, and no empty default: the SDK loses both. */
function isEmptyMap(value: Value): boolean {
  const map = asObject(value);
  return map !== undefined && Object.keys(map).length === 0;
}

/** Of an element of a set, a plan holds texts and lists that were left out as empty ones, and nothing else. */
function emptyInSet(type: CtyType): Value {
  if (type === "string") return "";
  return typeof type !== "string" && (type[0] === "list" || type[0] === "set") ? [] : null;
}

/** What is left of a value that the configuration no longer has. */
function removed(prior: Value): Value {
  if (Array.isArray(prior)) return [];
  return asObject(prior) ? {} : null;
}

/** Whether a write-only argument beside this one holds the value: `data_wo_revision` counts. */
function isWriteOnly(config: Attributes, path: string): boolean {
  return !isSame(config[`${path}_wo_revision`], null);
}

function planNested(
  nested: NestedBlockSchema,
  planning: Planning,
  path: string,
  configured: Value,
  parent: Attributes | undefined,
  name: string,
): Value {
  if (configured === UNKNOWN) {
    return UNKNOWN;
  }
  const { nesting, block } = nested;
  const prior = parent?.[name];
  if (nesting === "single") {
    const object = asObject(configured);
    return object ? planBlock(block, planning, `${path}.`, object, asObject(prior), false) : null;
  }
  const elements = asArray(configured);
  if (elements.length === 0 && nested.computed) {
    return parent ? (prior ?? []) : UNKNOWN;
  }
  if (elements.length === 0 && planning.facts.suppresses?.[path] === "empty" && isEmpty(prior, planning.facts, path)) {
    return prior ?? [];
  }
  return elements.map((element, index) => {
    const earlier =
      nesting === "list"
        ? asArray(prior)[index]
        : asArray(prior).find((candidate) => agrees(element as Attributes, candidate as Attributes));
    return planBlock(block, planning, `${path}.`, asObject(element) ?? {}, asObject(earlier), nesting === "set");
  });
}

/** Whether everything that the configuration sets has the same value in an earlier object. */
function agrees(config: Attributes, prior: Attributes): boolean {
  return Object.entries(config).every(([name, value]) => isSame(value, null) || isSame(value, prior[name]));
}

/** Whether blocks hold nothing but zeros and defaults, all the way down. */
function isEmpty(value: Value | undefined, facts: ResourceFacts, path: string): boolean {
  if (Array.isArray(value)) return value.every((element) => isEmpty(element as Value, facts, path));
  const object = asObject(value);
  if (!object) return isSame(value, null) || value === facts.defaults?.[path];
  return Object.entries(object).every(([name, inner]) => isEmpty(inner, facts, `${path}.${name}`));
}
