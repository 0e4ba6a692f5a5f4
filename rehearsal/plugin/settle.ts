import { createHash } from "node:crypto";
import { UNKNOWN, type Attributes, type Value } from "./model";
import type { BlockSchema } from "../../bindings";
import { asArray, asObject } from "./shape";
import type { CtyType } from "../../bindings";

/**
 * Gives every value that no model decided a plain one, as no value may stay unknown after apply: "" and 0 and false
 * and the empty collection.
 */
export function settle(schema: BlockSchema, object: Attributes): Attributes {
  const result: Record<string, Value> = { ...object };
  for (const [name, { type }] of Object.entries(schema.attributes)) {
    if (object[name] === UNKNOWN) {
      result[name] = emptyValue(type);
    }
  }
  for (const [name, { nesting, block }] of Object.entries(schema.blocks)) {
    const inner = asObject(object[name]);
    result[name] =
      nesting === "single"
        ? inner
          ? settle(block, inner)
          : null
        : asArray(object[name]).map((element) => settle(block, asObject(element) ?? {}));
  }
  return result;
}

function emptyValue(type: CtyType): Value {
  if (typeof type === "string") {
    return { string: "", number: 0, bool: false, dynamic: null }[type];
  }
  switch (type[0]) {
    case "list":
    case "set":
      return [];
    case "map":
      return {};
    case "tuple":
      return type[1].map(emptyValue);
    case "object":
      return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, emptyValue(inner)]));
  }
}

/**
 * Makes ids for objects of types without a model: the same for the same object in every run, told apart by a counter
 * where a server creates an equal object twice.
 */
export class IdSource {
  private readonly seen = new Map<string, number>();

  /** @returns `azurerm_key_vault-1f0c9a22`, then `azurerm_key_vault-1f0c9a22-2`. */
  next(type: string, planned: Attributes): string {
    const text = JSON.stringify(planned, (_, value: unknown) => (value === UNKNOWN ? null : value));
    const id = `${type}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
    const count = (this.seen.get(id) ?? 0) + 1;
    this.seen.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  }
}
