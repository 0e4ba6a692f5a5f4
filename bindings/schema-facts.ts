import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "./schema";

/** What the binding does not say, or says wrongly, of one attribute or block. What is left out is as the binding says. */
export interface SchemaFact {
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** It is not there: a newer major dropped it. */
  readonly absent?: boolean;
  /** The binding has the attribute not at all, as a block, or otherwise. */
  readonly attribute?: Partial<AttributeSchema> & Pick<AttributeSchema, "type">;
}

/**
 * Lays facts over a derived schema.
 * @param path Of the schema: a type, `data.<type>` or `provider.<name>`. Further names follow after dots.
 * @param facts By path.
 * @param filledIn Paths of blocks that the provider fills in, from the type on.
 */
export function withFacts(
  schema: BlockSchema,
  path: string,
  facts: Readonly<Record<string, SchemaFact>>,
  filledIn: ReadonlySet<string>,
): BlockSchema {
  const attributes: Record<string, AttributeSchema> = {};
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    const { sensitive = false, writeOnly = false, absent = false } = facts[`${path}.${name}`] ?? {};
    if (absent) continue;
    attributes[name] = { ...attribute, sensitive, writeOnly };
  }
  const blocks: Record<string, NestedBlockSchema> = {};
  for (const [name, nested] of Object.entries(schema.blocks)) {
    const here = `${path}.${name}`;
    const { attribute, absent, minItems = nested.minItems, maxItems = nested.maxItems } = facts[here] ?? {};
    if (attribute !== undefined || absent) continue;
    const block = withFacts(nested.block, here, facts, filledIn);
    blocks[name] = { ...nested, computed: filledIn.has(here), minItems, maxItems, block };
  }
  for (const [place, { attribute }] of Object.entries(facts)) {
    const parent = place.lastIndexOf(".");
    if (attribute && place.slice(0, parent) === path) attributes[place.slice(parent + 1)] = completed(attribute);
  }
  return { attributes, blocks };
}

/** @returns The schema of what only the facts know: flags that they leave out are false, limits are 0. */
export function fromFacts({ attributes = {}, blocks = {} }: Partial<BlockSchema>): BlockSchema {
  return {
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, completed(attribute)])),
    blocks: Object.fromEntries(
      Object.entries(blocks).map(([name, nested]) => [
        name,
        { ...{ minItems: 0, maxItems: 0 }, ...nested, computed: false, block: fromFacts(nested.block) },
      ]),
    ),
  };
}

function completed(attribute: Partial<AttributeSchema> & Pick<AttributeSchema, "type">): AttributeSchema {
  const flags = { required: false, optional: false, computed: false, sensitive: false, writeOnly: false };
  return { ...flags, ...attribute };
}
