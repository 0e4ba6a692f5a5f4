/**
 * The entry at a key that another entry names. The loader has checked that it is there.
 *
 * @throws {Error} Where it is not: the environment was put together by hand.
 */
export function entryAt<Entry>(entries: Readonly<Record<string, Entry>>, key: string): Entry {
  const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
  if (entry === undefined) throw new Error(`no entry "${key}" among ${Object.keys(entries).join(", ") || "none"}`);
  return entry;
}
