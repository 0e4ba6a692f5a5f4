import type { BlockSchema, ResourceFacts } from "../../bindings";
import { UNKNOWN, type Attributes, type Value } from "./model";
import { asArray, asObject } from "./shape";
import { zeroOf } from "./zero";

/** @returns The object as it reaches the cloud: with false, 0 and "" where the provider sends them although they were left out. */
export function withSent(schema: BlockSchema, { sent = [] }: ResourceFacts, planned: Attributes): Attributes {
  return sent.reduce((object, path) => filled(schema, object, path.split(".")), planned);
}

function filled(schema: BlockSchema, object: Attributes, [name = "", ...rest]: readonly string[]): Attributes {
  const attribute = schema.attributes[name];
  if (attribute) {
    const value = object[name] ?? UNKNOWN;
    // What is computed is not known yet, and just as much zero.
    return { ...object, [name]: value === UNKNOWN ? zeroOf(attribute.type) : value };
  }
  const nested = schema.blocks[name];
  const elements = asArray(object[name]);
  if (!nested || elements.length === 0) return object;
  return {
    ...object,
    [name]: elements.map((element): Value => filled(nested.block, asObject(element) ?? {}, rest)),
  };
}
