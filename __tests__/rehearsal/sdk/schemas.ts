import type { AttributeSchema, BlockSchema, NestedBlockSchema, Nesting } from "../../../bindings";

/** Small schemas for tests, in the words of a provider's documentation. */
export const optional = attribute({ optional: true });
export const computed = attribute({ computed: true });
export const optionalComputed = attribute({ optional: true, computed: true });
export const writeOnly = attribute({ optional: true, writeOnly: true });

export function attribute(flags: Partial<AttributeSchema>): AttributeSchema {
  const none = { required: false, optional: false, computed: false, sensitive: false, writeOnly: false };
  return { type: "string", ...none, ...flags };
}

export function schema(
  attributes: Readonly<Record<string, AttributeSchema>>,
  blocks: Readonly<Record<string, NestedBlockSchema>> = {},
): BlockSchema {
  return { attributes, blocks };
}

export function nested(nesting: Nesting, block: BlockSchema, isComputed = false): NestedBlockSchema {
  return { nesting, computed: isComputed, minItems: 0, maxItems: 0, block };
}
