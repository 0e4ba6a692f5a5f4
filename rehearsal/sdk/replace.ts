import { isSame } from "./equality";
import { UNKNOWN, type Attributes } from "./model";
import type { BlockSchema } from "../../bindings";
import { asArray, asObject } from "./shape";

/** One step into a value: an attribute or block by name, or an element of a list by its index. */
export type Step = string | number;

/**
 * Finds which changes of a plan replace the object.
 * @param paths Dotted, without list indexes: `spec.template.metadata.name`.
 * @returns One path for each place that changed. Inside a set, where Terraform knows no paths, that of the set.
 * @throws Error naming a path that the schema does not have.
 */
export function replacedPaths(
  schema: BlockSchema,
  paths: readonly string[],
  prior: Attributes,
  planned: Attributes,
): Step[][] {
  return paths.flatMap((path) => changesAt(schema, path.split("."), prior, planned, path));
}

function changesAt(
  schema: BlockSchema,
  [name = "", ...rest]: readonly string[],
  prior: Attributes,
  planned: Attributes,
  path: string,
): Step[][] {
  const nested = schema.blocks[name];
  if (!(name in schema.attributes) && nested === undefined) {
    throw new Error(`replaces "${path}": "${name}" is not in the schema`);
  }
  const absent = nested === undefined || nested.nesting === "single" ? null : [];
  const before = prior[name] ?? absent;
  const after = planned[name] ?? absent;
  if (isSame(before, after)) {
    return [];
  }
  if (rest.length === 0 || nested === undefined || nested.nesting === "set" || after === UNKNOWN) {
    return [[name]];
  }
  if (nested.nesting === "single") {
    const inner = changesAt(nested.block, rest, asObject(before) ?? {}, asObject(after) ?? {}, path);
    return inner.map((steps) => [name, ...steps]);
  }
  const longer = asArray(before).length > asArray(after).length ? asArray(before) : asArray(after);
  return [...longer.keys()].flatMap((index) => {
    const [earlier, later] = [asObject(asArray(before)[index]) ?? {}, asObject(asArray(after)[index]) ?? {}];
    return changesAt(nested.block, rest, earlier, later, path).map((steps) => [name, index, ...steps]);
  });
}
