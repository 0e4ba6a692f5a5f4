import { isDeepStrictEqual } from "node:util";
import { CloudError, UNKNOWN, type Attributes, type Value } from "../../sdk/model";
import { asObject } from "../../sdk/shape";
import { texts } from "../values";
import { valueAt } from "./manifest-object";

type Path = readonly (string | number)[];

/** Fields that others may change where the configuration has no `computed_fields`. */
const DEFAULT_COMPUTED = ["metadata.annotations", "metadata.labels"];

/** @returns Paths of fields whose value the API server, or somebody else, may decide. @throws CloudError for one that is none. */
export function computedFields(config: Attributes): ReadonlySet<string> {
  const given = config.computed_fields ?? null;
  return new Set(
    (given === null ? DEFAULT_COMPUTED : texts(config, "computed_fields")).map((text) => keyOf(fieldPath(text))),
  );
}

/** Reads `metadata.annotations["a.b/c"]` and `spec.list[0]`. @throws CloudError in the provider's words. */
export function fieldPath(text: string): Path {
  const steps = [...text.matchAll(/(?:^|\.)([A-Za-z_][\w-]*)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/g)];
  if (steps.length === 0 || steps.map(([whole]) => whole).join("") !== text) {
    throw new CloudError(`[computed_fields] cannot parse field path element: ${text}\n\ninvalid field path "${text}"`);
  }
  return steps.map(([, name, key, index]) => (index === undefined ? (name ?? key ?? "") : Number(index)));
}

/** What a plan of the `object` attribute is made of. */
export interface ObjectPlan {
  /** The manifest with UNKNOWN for all that it leaves out. */
  readonly complete: Value;
  readonly manifest: Value;
  readonly computed: ReadonlySet<string>;
  /** The manifest and the object of the state. @default - the object is to be created */
  readonly prior?: { readonly manifest: Value; readonly object: Value } | undefined;
}

/**
 * Plans the object as the provider does: what the manifest says; of what it leaves out, what is there, unless an earlier manifest
 * had it; of computed fields what is there too, as long as the manifest says the same.
 */
export function planManifest({ complete, manifest, computed, prior }: ObjectPlan): Value {
  const decide = (value: Value, path: Path): Value => {
    const isComputed = computed.has(keyOf(path));
    if (!prior) return isComputed ? UNKNOWN : value;
    const before = valueAt(prior.manifest, path);
    if (value === UNKNOWN) {
      if (before !== undefined && before !== UNKNOWN) return UNKNOWN;
      const there = valueAt(prior.object, path);
      return there === undefined ? UNKNOWN : there;
    }
    if (!isComputed) return value;
    const now = valueAt(manifest, path);
    if (now !== undefined && !isDeepStrictEqual(before, now)) return UNKNOWN;
    const there = valueAt(prior.object, path);
    return there === undefined ? value : there;
  };
  const walk = (value: Value, path: Path): Value => {
    if (Array.isArray(value)) {
      return decide(
        (value as readonly Value[]).map((item, index) => walk(item, [...path, index])),
        path,
      );
    }
    const object = asObject(value);
    if (!object) return decide(value, path);
    const inner = Object.entries(object).map(([name, field]) => [name, walk(field, [...path, name])] as const);
    return decide(Object.fromEntries(inner), path);
  };
  return walk(complete, []);
}

/** @returns The planned object with what the manifest says of computed fields: that is sent, whatever comes back. */
export function withComputed(object: Value, manifest: Value, computed: ReadonlySet<string>, path: Path = []): Value {
  if (object === UNKNOWN) return computed.has(keyOf(path)) ? (valueAt(manifest, path) ?? UNKNOWN) : UNKNOWN;
  if (Array.isArray(object)) {
    return (object as readonly Value[]).map((item, index) => withComputed(item, manifest, computed, [...path, index]));
  }
  const fields = asObject(object);
  if (!fields) return object;
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, withComputed(field, manifest, computed, [...path, name])]),
  );
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}
