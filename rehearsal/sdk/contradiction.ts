import type { BlockSchema, ResourceFacts } from "../../bindings";
import { isSame } from "./equality";
import { UNKNOWN, type Attributes } from "./model";
import { asArray, asObject } from "./shape";

/**
 * Finds where a created object differs from its plan. Terraform forgives providers on SDK v2 that; a model that does it is
 * wrong all the same, where the real provider does not store another form of the value.
 * @returns The path of the first such attribute, never its value: it may be a secret.
 */
export function contradiction(
  schema: BlockSchema,
  facts: ResourceFacts,
  planned: Attributes,
  created: Attributes,
  path = "",
): string | undefined {
  for (const name of Object.keys(schema.attributes)) {
    const here = `${path}${name}`;
    const wanted = planned[name] ?? null;
    const suppression = facts.suppresses?.[here];
    // Quantities are stored in their shortest form.
    const isFree = wanted === null || wanted === UNKNOWN || suppression === "quantity";
    const now = created[name] ?? UNKNOWN;
    if (!isFree && now !== UNKNOWN && !isSame(wanted, now, suppression)) return here;
  }
  for (const [name, { nesting, block }] of Object.entries(schema.blocks)) {
    if (nesting === "set") continue;
    for (const [index, element] of asArray(created[name]).entries()) {
      const wanted = asObject(asArray(planned[name])[index]) ?? {};
      const found = contradiction(block, facts, wanted, asObject(element) ?? {}, `${path}${name}.`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
