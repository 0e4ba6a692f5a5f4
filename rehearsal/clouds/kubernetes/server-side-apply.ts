import { isDeepStrictEqual } from "node:util";
import type { Json } from "./api-object";

/** Who applies, and whether fields of others are taken over. */
export interface Manager {
  /** As in `kubectl apply --field-manager`. */
  readonly name: string;
  readonly force: boolean;
}

/** Fields by the names of those who have set them: dotted paths of leaves, `.spec.refreshInterval`. */
export type Ownership = ReadonlyMap<string, ReadonlySet<string>>;

/** Somebody else has set a field to another value. */
export class ApplyConflict extends Error {}

type JsonObject = Readonly<Record<string, Json | undefined>>;

/** Fields that say which object is meant. */
const IDENTITY = new Set([".apiVersion", ".kind", ".metadata.name", ".metadata.namespace"]);

/**
 * Merges what a manager applies into an object: its fields are set, those that it no longer applies go unless others have set
 * them too, and all else stays. Lists are taken as a whole.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 *
 * @param apiVersion As it stands in the words of a conflict.
 * @throws {ApplyConflict} Where others have set one of the fields to another value, and are not forced.
 */
export function mergeApplied(
  before: JsonObject,
  owners: Ownership,
  sent: JsonObject,
  { name, force }: Manager,
  apiVersion: string,
): { object: JsonObject; owners: Ownership } {
  const wanted = new Map(leavesOf(sent).filter(([path]) => !IDENTITY.has(path.join(""))));
  const current = new Map(leavesOf(before).map(([path, value]) => [path.join(""), value]));
  const conflicts: string[] = [];
  const next = new Map<string, Set<string>>();
  for (const [other, fields] of owners) {
    if (other === name) continue;
    const kept = new Set(fields);
    for (const [path, value] of wanted) {
      const field = path.join("");
      if (!kept.has(field) || isDeepStrictEqual(current.get(field), value)) continue;
      if (force) kept.delete(field);
      else conflicts.push(`conflict with "${other}" using ${apiVersion}: ${field}`);
    }
    next.set(other, kept);
  }
  if (conflicts.length > 0) throw new ApplyConflict(wordsOf(conflicts));
  const own = new Set([...wanted.keys()].map((path) => path.join("")));
  const shared = new Set([...next.values()].flatMap((fields) => [...fields]));
  const gone = [...(owners.get(name) ?? [])].filter((field) => !own.has(field) && !shared.has(field));
  let object = before;
  for (const [path] of leavesOf(before)) if (gone.includes(path.join(""))) object = without(object, path);
  for (const [path, value] of leavesOf(sent)) object = withField(object, path, value);
  next.set(name, own);
  return { object, owners: next };
}

function wordsOf(conflicts: readonly string[]): string {
  if (conflicts.length === 1) return `Apply failed with 1 conflict: ${conflicts[0] ?? ""}`;
  return `Apply failed with ${conflicts.length} conflicts: ${conflicts.join("\n- ")}`;
}

/** Steps as they stand in messages: `.spec`, `.name`. */
function leavesOf(value: JsonObject, path: readonly string[] = []): [readonly string[], Json][] {
  return Object.entries(value).flatMap(([key, field]): [readonly string[], Json][] => {
    if (field === undefined) return [];
    const here = [...path, `.${key}`];
    return isObject(field) && Object.keys(field).length > 0 ? leavesOf(field, here) : [[here, field]];
  });
}

function withField(object: JsonObject, [step = "", ...rest]: readonly string[], value: Json): JsonObject {
  const key = step.slice(1);
  const inner = object[key];
  // An empty object says that there is one, and nothing of what is in it.
  if (rest.length === 0 && isObject(value) && isObject(inner)) return object;
  return { ...object, [key]: rest.length === 0 ? value : withField(isObject(inner) ? inner : {}, rest, value) };
}

function without(object: JsonObject, [step = "", ...rest]: readonly string[]): JsonObject {
  const key = step.slice(1);
  const { [key]: inner, ...others } = object;
  if (rest.length === 0 || !isObject(inner)) return others;
  const left = without(inner, rest);
  return Object.keys(left).length === 0 ? others : { ...others, [key]: left };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
