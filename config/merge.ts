import { ALTERNATIVES } from "./alternatives";
import { isMapping, valueOf, type Mapping } from "./mapping";
import type { Path } from "./problem";

/** Keys of which a mapping has one, by its place without the keys of entries: naming one, it takes nothing from below of the others. */
const EITHER = new Map(
  ALTERNATIVES.map(({ place, keys }) => [place.filter((part) => part !== "*").join("."), keys] as const),
);

/**
 * A mapping over another one: mappings are merged at every depth, other values replace, and null removes what is below.
 *
 * @param place Of both, without the keys of entries: `["clusters", "pull"]`.
 */
export function merge(below: Mapping, over: Mapping, place: Path): Mapping {
  const alternatives = EITHER.get(place.join(".")) ?? [];
  const chosen = alternatives.some((key) => (valueOf(over, key) ?? null) !== null);
  const keys = new Set([...Object.keys(below), ...Object.keys(over)]);
  const pairs = [...keys].flatMap((key) => {
    const shared = valueOf(below, key);
    if (!Object.hasOwn(over, key)) return chosen && alternatives.includes(key) ? [] : [[key, shared]];
    const own = over[key];
    if (own === null && shared !== undefined) return [];
    return [[key, isMapping(own) && isMapping(shared) ? merge(shared, own, [...place, key]) : own]];
  });
  return Object.fromEntries(pairs) as Mapping;
}
