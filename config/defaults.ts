import { ALTERNATIVES } from "./alternatives";
import { isMapping, valueOf, type Mapping } from "./mapping";
import { SECTIONS } from "./schema/defaults";

/** Keys of which an entry has one, by the place less the entry's key: naming one, the entry takes nothing from defaults of the others. */
const EITHER = new Map(
  ALTERNATIVES.map(({ place, keys }) => [place.filter((part) => part !== "*").join("."), keys] as const),
);

/** A file's data with its defaults under the entries of the maps. What has the wrong type stays, for the schema to refuse. */
export function withDefaults(data: unknown): unknown {
  if (!isMapping(data)) return data;
  const merged = SECTIONS.flatMap((section) => {
    const [entries, defaults] = [data[section], valueOf(data.defaults, section)];
    if (!isMapping(entries) || !isMapping(defaults)) return [];
    const filled = Object.entries(entries).map(([key, entry]) => [
      key,
      isMapping(entry) ? merge(defaults, entry, section) : entry,
    ]);
    return [[section, Object.fromEntries(filled)]];
  });
  return { ...data, ...(Object.fromEntries(merged) as Mapping) };
}

function merge(defaults: Mapping, entry: Mapping, place: string): Mapping {
  const alternatives = EITHER.get(place) ?? [];
  const chosen = alternatives.some((key) => (valueOf(entry, key) ?? null) !== null);
  const keys = new Set([...Object.keys(defaults), ...Object.keys(entry)]);
  const pairs = [...keys].flatMap((key) => {
    const shared = valueOf(defaults, key);
    if (!Object.hasOwn(entry, key)) return chosen && alternatives.includes(key) ? [] : [[key, shared]];
    const own = entry[key];
    if (own === null && shared !== undefined) return [];
    return [[key, isMapping(own) && isMapping(shared) ? merge(shared, own, `${place}.${key}`) : own]];
  });
  return Object.fromEntries(pairs) as Mapping;
}
