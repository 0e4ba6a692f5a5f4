import type { ResourceFacts } from "../../bindings";
import { CloudError, UNKNOWN, type Attributes, type Value } from "./model";
import { asArray, asObject } from "./shape";

/**
 * Checks which arguments stand beside each other, and how many elements their lists have. Values that are not known yet are not held against anybody.
 * @throws CloudError in the words of the SDK, for the first rule that is broken.
 */
export function checkCombinations(facts: ResourceFacts, config: Attributes): void {
  const isGiven = (path: string) => isSet(valueAt(config, path.split(".")));
  const isUnknown = (path: string) => valueAt(config, path.split(".")) === UNKNOWN;
  for (const names of facts.exactlyOneOf ?? []) {
    checkExactlyOne(names, isGiven, isUnknown);
  }
  for (const [path, needed] of Object.entries(facts.requiredWith ?? {})) {
    if (isGiven(path) && needed.some((name) => !isGiven(name))) {
      const all = [...new Set([path, ...needed])].sort();
      throw new CloudError(`Missing required argument\n\n"${path}": all of \`${all.join(",")}\` must be specified`);
    }
  }
  for (const [path, others] of Object.entries(facts.conflicts ?? {})) {
    if (!isGiven(path) || isUnknown(path)) continue;
    const other = others.find((name) => isGiven(name) && !isUnknown(name));
    if (other === undefined) continue;
    throw new CloudError(`Conflicting configuration arguments\n\n"${path}": conflicts with ${other}`);
  }
  for (const [path, [least, most = Infinity]] of Object.entries(facts.items ?? {})) {
    for (const list of valuesAt(config, path.split("."))) checkLength(path, list, least, most);
  }
}

function checkLength(path: string, list: Value, least: number, most: number): void {
  if (!Array.isArray(list) || list.includes(UNKNOWN)) return;
  const { length } = list;
  if (length < least) {
    const detail = `Attribute ${path} requires ${least} item minimum, but config has only ${length} declared.`;
    throw new CloudError(`Not enough list items\n\n${detail}`);
  }
  if (length > most) {
    const detail = `Attribute ${path} supports ${most} item maximum, but config has ${length} declared.`;
    throw new CloudError(`Too many list items\n\n${detail}`);
  }
}

function checkExactlyOne(
  names: readonly string[],
  isGiven: (path: string) => boolean,
  isUnknown: (path: string) => boolean,
): void {
  const [first = ""] = names;
  const parent = first.slice(0, Math.max(first.lastIndexOf("."), 0));
  if (parent !== "" && !isGiven(parent)) return;
  const given = names.filter((name) => isGiven(name) && !isUnknown(name));
  const heading = `Invalid combination of arguments\n\n"${given[0] ?? first}":`;
  if (given.length === 0 && !names.some(isUnknown)) {
    throw new CloudError(`${heading} one of \`${names.join(",")}\` must be specified`);
  }
  if (given.length > 1) {
    throw new CloudError(
      `${heading} only one of \`${names.join(",")}\` can be specified, but \`${given.join(",")}\` were specified.`,
    );
  }
}

function isSet(value: Value | undefined): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

/** Of repeated blocks, the first. */
function valueAt(object: Attributes, [name = "", ...rest]: readonly string[]): Value | undefined {
  const value = object[name];
  if (rest.length === 0 || value === UNKNOWN) return value;
  const inner = asObject(value) ?? asObject(asArray(value)[0]);
  return inner && valueAt(inner, rest);
}

/** Of repeated blocks, all. */
function valuesAt(object: Attributes, [name = "", ...rest]: readonly string[]): Value[] {
  const value = object[name];
  if (value === undefined || value === null || value === UNKNOWN) return [];
  if (rest.length === 0) return [value];
  const elements: readonly (Value | undefined)[] = Array.isArray(value) ? value : [value];
  return elements.flatMap((element) => valuesAt(asObject(element) ?? {}, rest));
}
