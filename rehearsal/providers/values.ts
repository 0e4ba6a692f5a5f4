import type { Attributes, Value } from "../sdk/model";
import { CloudError, UNKNOWN } from "../sdk/model";

/** Reads attributes without casts at every use. An attribute that is null, left out or unknown counts as absent. */

export function text(attributes: Attributes, name: string): string {
  const value = attributes[name];
  if (typeof value === "string") return value;
  throw new CloudError(
    `attribute "${name}" must be a string here, got: ${value === UNKNOWN ? "unknown" : typeof value}`,
  );
}

/** @returns The string, or undefined where it is absent or empty. */
export function optionalText(attributes: Attributes, name: string): string | undefined {
  const value = attributes[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function flag(attributes: Attributes, name: string, fallback = false): boolean {
  const value = attributes[name];
  return typeof value === "boolean" ? value : fallback;
}

export function count(attributes: Attributes, name: string, fallback: number): number {
  const value = attributes[name];
  return value === null || value === undefined || value === UNKNOWN || value === "" ? fallback : Number(value);
}

export function texts(attributes: Attributes, name: string): string[] {
  return items(attributes[name]).filter((item) => typeof item === "string");
}

export function textMap(attributes: Attributes, name: string): Record<string, string> {
  const entries = Object.entries(asObject(attributes[name]) ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

export function blocks(attributes: Attributes, name: string): Attributes[] {
  return items(attributes[name]).map((item) => asObject(item) ?? {});
}

/** @returns The one block of this name; an empty one where there is none. */
export function block(attributes: Attributes, name: string): Attributes {
  return blocks(attributes, name)[0] ?? {};
}

/** @returns A time attribute. @throws CloudError for text that is no time. */
export function optionalDate(attributes: Attributes, name: string): Date | undefined {
  const value = optionalText(attributes, name);
  if (value === undefined) return undefined;
  const date = new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  throw new CloudError(`expected "${name}" to be a valid RFC3339 date, got "${value}"`);
}

/** @returns The time as the providers write it into state: whole seconds, UTC. */
export function rfc3339(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** The error of every HashiCorp provider for Azure where an object is there before its resource. */
export function alreadyExists(type: string, id: string): CloudError {
  return new CloudError(
    `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "${type}" for more information.`,
  );
}

/** Imports by reading. @throws CloudError where the object is not there. */
export function importBy(read: (state: Attributes) => Attributes | undefined): (id: string) => Attributes {
  return (id) => {
    const found = read({ id });
    if (found) return { id, ...found };
    throw new CloudError(`Cannot import non-existent remote object: ${id}`);
  };
}

function items(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

function asObject(value: Value | undefined): Attributes | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Attributes) : undefined;
}

/** @returns The seconds of a duration as providers write it: `1h30m`, `90s`, `10m0s`. */
export function seconds(duration: string): number {
  const units = { h: 3600, m: 60, s: 1 };
  const parts = [...duration.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0);
}
