import { isDeepStrictEqual } from "node:util";
import type { Suppression } from "../../bindings";
import { UNKNOWN, type Value } from "./model";
import { quantity } from "./quantity";
import { asObject } from "./shape";

/** Whether the SDK cannot tell the value from one that was left out. */
export function isZero(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === "" || value === 0 || value === false) return true;
  if (value === UNKNOWN || typeof value !== "object") return false;
  return Object.keys(value).length === 0;
}

/** What two texts have in common where an argument takes them for the same. */
const FORMS: Partial<Record<Suppression, (text: string) => unknown>> = {
  case: (text) => text.toLowerCase(),
  latest: (text) => (text.includes(":") ? text : `${text}:latest`),
  location: (text) => text.replaceAll(" ", "").toLowerCase(),
  quantity,
  time: (text) => (Number.isNaN(Date.parse(text)) ? undefined : Date.parse(text)),
};

/** Whether the SDK sees no difference. */
export function isSame(one: Value | undefined, other: Value | undefined, suppression?: Suppression): boolean {
  if (isDeepStrictEqual(one, other) || (isZero(one) && isZero(other))) return true;
  if (typeof one !== "string" || typeof other !== "string") return false;
  const form = suppression && FORMS[suppression];
  return form?.(one) !== undefined && form(one) === form(other);
}

/**
 * @param prior What is there. @param wanted What is configured.
 * @returns What is planned: what is there, where the SDK sees no difference; in a map, key by key.
 */
export function unlessSame(prior: Value, wanted: Value, suppression?: Suppression): Value {
  if (isSame(prior, wanted, suppression) || (suppression === "unset" && isZero(wanted))) return prior;
  const [before, after] = [asObject(prior), asObject(wanted)];
  if (!before || !after || suppression === undefined) return wanted;
  return Object.fromEntries(
    Object.entries(after).map(([key, value]) => {
      const earlier = before[key] ?? null;
      return [key, isSame(earlier, value, suppression) ? earlier : value];
    }),
  );
}
