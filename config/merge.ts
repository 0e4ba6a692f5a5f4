import { ALTERNATIVES } from "./alternatives";
import { isMapping, valueOf, type Mapping } from "./mapping";
import type { Path } from "./problem";
import { SECTIONS } from "./schema/defaults";

/** Keys of which a mapping has one, by its place: naming one, it takes nothing from below of the others. */
const EITHER = new Map(ALTERNATIVES.map(({ place, keys }) => [place.join("."), keys] as const));

/**
 * A mapping over another one: mappings are merged at every depth, other values replace, and null removes what is below.
 *
 * @param place Of both, with `*` for the keys of entries: `["clusters", "*", "pull"]`. @default - both are whole files
 */
export function merge(below: Mapping, over: Mapping, place: Path = []): Mapping {
  const alternatives = EITHER.get(place.join(".")) ?? [];
  const chosen = alternatives.some((key) => (valueOf(over, key) ?? null) !== null);
  const keys = new Set([...Object.keys(below), ...Object.keys(over)]);
  const pairs = [...keys].flatMap((key) => {
    const shared = valueOf(below, key);
    if (!Object.hasOwn(over, key)) return chosen && alternatives.includes(key) ? [] : [[key, shared]];
    const own = over[key];
    if (own === null && shared !== undefined) return [];
    return [[key, isMapping(own) && isMapping(shared) ? merge(shared, own, placeIn(place, key)) : own]];
  });
  return Object.fromEntries(pairs) as Mapping;
}

/** The place of what is under a key: an entry of a map, or what `defaults` give to the entries of one. */
function placeIn(place: Path, key: string): Path {
  const [section] = place;
  if (place.length !== 1) return [...place, key];
  if (section === "defaults") return [key, "*"];
  return (SECTIONS as Path).includes(section ?? "") ? [...place, "*"] : [...place, key];
}
