import { isMapping, valueOf, type Mapping } from "./mapping";
import { merge } from "./merge";
import { SECTIONS } from "./schema/defaults";

/** A file's data with its defaults under the entries of the maps. What has the wrong type stays, for the schema to refuse. */
export function withDefaults(data: unknown): unknown {
  if (!isMapping(data)) return data;
  const merged = SECTIONS.flatMap((section) => {
    const [entries, defaults] = [data[section], valueOf(data.defaults, section)];
    if (!isMapping(entries) || !isMapping(defaults)) return [];
    const filled = Object.entries(entries).map(([key, entry]) => [
      key,
      isMapping(entry) ? merge(defaults, entry, [section, "*"]) : entry,
    ]);
    return [[section, Object.fromEntries(filled)]];
  });
  return { ...data, ...(Object.fromEntries(merged) as Mapping) };
}
