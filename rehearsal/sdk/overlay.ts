import type { BlockSchema } from "../../bindings";
import { UNKNOWN, type Attributes, type Value } from "./model";
import { asArray, asObject } from "./shape";

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
