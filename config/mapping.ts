export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value of a YAML file is a mapping, as opposed to a list, a scalar or null. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a key that the mapping itself has: a key may be called constructor. */
export function valueOf(mapping: unknown, key: string | number): unknown {
  return isMapping(mapping) && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}
