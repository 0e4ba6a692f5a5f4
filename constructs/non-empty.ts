/** @returns The list or map, or undefined where it is empty: then the argument is left out of the JSON. */
export function nonEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}
