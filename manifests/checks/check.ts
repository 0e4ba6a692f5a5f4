import { isMapping, valueOf, type Mapping } from "../../config/mapping";
import type { Path, Problem } from "../../config/problem";

/** One object, as a version has it that is served. */
export interface CheckedObject {
  readonly kind: string;
  readonly value: Mapping;
}

/** What a Kubernetes API server or the provider refuses, though the types are right. @returns Paths from the object on. */
export type Check = (object: CheckedObject) => Problem[];

/** Whether something is said: null says nothing in a manifest. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The mappings in a list at a path, and where each stands. */
export function itemsAt(value: unknown, path: Path): { item: Mapping; at: Path }[] {
  const list = path.reduce<unknown>((inner, part) => valueOf(inner, part), value);
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).flatMap((item, index) => (isMapping(item) ? [{ item, at: [...path, index] }] : []));
}

/** The mapping at a path, empty where there is none. */
export function mappingAt(value: unknown, path: Path): Mapping {
  const found = path.reduce<unknown>((inner, part) => valueOf(inner, part), value);
  return isMapping(found) ? found : {};
}

/** Of items with equal texts under a key, all but the first. */
export function twins(items: readonly { item: Mapping; at: Path }[], key: string, rule: string): Problem[] {
  const seen = new Set<unknown>();
  return items.flatMap(({ item, at }) => {
    const value = item[key];
    const isTwin = value !== undefined && value !== null && seen.has(value);
    seen.add(value);
    return isTwin ? [{ path: [...at, key], rule }] : [];
  });
}
