import { isMapping, valueOf, type Mapping } from "./mapping";
import { merge } from "./merge";
import { SECTIONS } from "./schema/defaults";

/**
 * A file's data over those of the file that it extends: sections, entries and defaults are merged as an entry is with its
 * defaults.
 */
export function extended(below: Mapping, over: Mapping): Mapping {
  const keys = new Set([...Object.keys(below), ...Object.keys(over)]);
  const pairs = [...keys].flatMap((key) => {
    if (!Object.hasOwn(over, key)) return [[key, below[key]]];
    const [own, shared] = [over[key], valueOf(below, key)];
    if (own === null && shared !== undefined) return [];
    if (!isMapping(own) || !isMapping(shared)) return [[key, own]];
    return [[key, isMapOfEntries(key) ? entries(shared, own, key) : merge(shared, own, [key])]];
  });
  return Object.fromEntries(pairs) as Mapping;
}

/** What holds entries by their keys, and in `defaults` by their sections. */
function isMapOfEntries(key: string): boolean {
  return key === "defaults" || (SECTIONS as readonly string[]).includes(key);
}

function entries(below: Mapping, over: Mapping, section: string): Mapping {
  const keys = new Set([...Object.keys(below), ...Object.keys(over)]);
  const pairs = [...keys].flatMap((key) => {
    if (!Object.hasOwn(over, key)) return [[key, below[key]]];
    const [own, shared] = [over[key], valueOf(below, key)];
    if (own === null && shared !== undefined) return [];
    const place = section === "defaults" ? key : section;
    return [[key, isMapping(own) && isMapping(shared) ? merge(shared, own, [place]) : own]];
  });
  return Object.fromEntries(pairs) as Mapping;
}
