import { isMapping, valueOf, type Mapping } from "./mapping";
import type { Problem } from "./problem";
import { CONNECTIONS } from "./schema/clusters";
import { SECTIONS } from "./schema/defaults";
import { BUILDERS, ORIGINS } from "./schema/images";
import { METHODS } from "./schema/pull";

/** Keys of which an entry has one: naming it, the entry takes nothing from defaults of the others. By path, less the entry's key. */
const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = {
  clusters: CONNECTIONS,
  "clusters.pull": METHODS,
  images: ORIGINS,
  "images.build": BUILDERS,
};

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
  const alternatives = ALTERNATIVES[place] ?? [];
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

/**
 * Defaults of maps without entries: nothing uses them, nor checks the rules between their keys.
 *
 * @param problems Those of the schema: a map that is wrong itself is not called empty.
 */
export function unusedDefaults(data: unknown, problems: readonly Problem[]): Problem[] {
  return SECTIONS.filter(
    (section) =>
      valueOf(valueOf(data, "defaults"), section) !== undefined &&
      Object.keys(valueOf(data, section) ?? {}).length === 0 &&
      !problems.some(({ path }) => path.length === 1 && path[0] === section),
  ).map((section) => ({ path: ["defaults", section], rule: `is used by no entry of ${section}`, atKey: true }));
}
