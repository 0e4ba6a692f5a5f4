import type { AttributeSchema, BlockSchema, ResourceFacts } from "../../bindings";
import { isZero } from "./equality";
import { UNKNOWN, type Attributes, type Value } from "./model";
import { asArray, asObject } from "./shape";
import { zeroOf } from "./zero";

/** How an object came into the state. */
type Occasion = "apply" | "read";

/**
 * What SDK v2 leaves in state: no value unknown, and zeros for what is neither given nor computed, wherever the provider
 * writes them: in blocks, and of the attributes at the top those that it reads.
 * After an apply an empty collection that the plan had as null stays null; after a read it does not.
 * @param object What was planned or there, with what the model returned laid over it.
 * @param planned What was planned, or the state before.
 */
export function settle(
  schema: BlockSchema,
  facts: ResourceFacts,
  occasion: Occasion,
  object: Attributes,
  planned: Attributes,
): Attributes {
  const { reads } = facts;
  // Of a type that was not read nobody knows; what it computes is handed on all the same.
  const isWritten = (name: string, value: Value) => reads?.includes(name) ?? value === UNKNOWN;
  const settled = settleBlocks(schema, occasion, object, planned);
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    const value = object[name] ?? null;
    // Null where the plan did not know is what the model says itself.
    const isLeftOut = value === null && planned[name] === UNKNOWN;
    settled[name] =
      isWritten(name, value) && !isLeftOut
        ? settleAttribute(attribute, occasion, value, planned[name])
        : value === UNKNOWN
          ? null
          : keepsNull(occasion, value, planned[name]);
  }
  return settled;
}

function settleBlock(
  schema: BlockSchema,
  occasion: Occasion,
  object: Attributes,
  planned: Attributes | undefined,
): Attributes {
  const settled = settleBlocks(schema, occasion, object, planned);
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    // A block that the plan did not have has nothing to hold on to.
    settled[name] = settleAttribute(attribute, occasion, object[name] ?? null, planned ? planned[name] : UNKNOWN);
  }
  return settled;
}

function settleBlocks(
  schema: BlockSchema,
  occasion: Occasion,
  object: Attributes,
  planned: Attributes | undefined,
): Record<string, Value> {
  const settled: Record<string, Value> = { ...object };
  for (const [name, { nesting, block }] of Object.entries(schema.blocks)) {
    if (nesting === "single") {
      settled[name] = asObject(object[name]) ?? null;
      continue;
    }
    const before = asArray(planned?.[name]);
    settled[name] = asArray(object[name]).map((element, index) => {
      const [now, then] = [asObject(element) ?? {}, asObject(before[index])];
      // A set that was known when it was planned is taken as it was planned.
      return nesting === "set" && isKnown(now) ? now : settleBlock(block, occasion, now, then);
    });
  }
  return settled;
}

function settleAttribute(
  { type, writeOnly }: AttributeSchema,
  occasion: Occasion,
  value: Value,
  planned: Value | undefined,
): Value {
  if (writeOnly) return null;
  return keepsNull(occasion, value === null || value === UNKNOWN ? zeroOf(type) : value, planned);
}

function keepsNull(occasion: Occasion, value: Value, planned: Value | undefined): Value {
  const isEmptyCollection = typeof value === "object" && value !== null && isZero(value);
  return occasion === "apply" && isEmptyCollection && (planned === null || planned === undefined) ? null : value;
}

function isKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  return typeof value !== "object" || value === null || Object.values(value).every((item) => isKnown(item));
}
