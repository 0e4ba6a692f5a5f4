import type { Attributes, Value } from "./model";

/** @returns The elements of repeated blocks; none where there are none, or they are not known. */
export function asArray(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/** @returns The attributes of one block, undefined where there is none. */
export function asObject(value: Value | undefined): Attributes | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Attributes) : undefined;
}
