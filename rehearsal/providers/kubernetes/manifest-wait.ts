import { CloudError, type Attributes, type Value } from "../../sdk/model";
import { asArray, asObject } from "../../sdk/shape";
import { block, blocks, text, textMap } from "../values";
import { fieldPath } from "./manifest-plan";
import { valueAt } from "./manifest-object";

/** What the configuration waits for after an object has been applied. */
export interface Wait {
  /** As the provider calls it when it gives up. */
  readonly what: string;
  readonly isMet: (object: Value) => boolean;
}

/** @returns Undefined where nothing is waited for. @throws CloudError for an expression that is none. */
export function waitOf(attributes: Attributes): Wait | undefined {
  const wait = block(attributes, "wait");
  const conditions = blocks(wait, "condition");
  if (conditions.length > 0) {
    return {
      what: "conditions",
      isMet: (object) =>
        conditions.every((wanted) => hasCondition(object, text(wanted, "type"), text(wanted, "status"))),
    };
  }
  const deprecated = asObject(attributes.wait_for);
  const fields = Object.entries(textMap(deprecated ?? wait, "fields"));
  if (fields.length === 0) return undefined;
  const matchers = fields.map(([path, expression]) => ({ path: fieldPath(path), pattern: patternOf(expression) }));
  return {
    what: "field matchers",
    isMet: (object) => matchers.every(({ path, pattern }) => matches(fieldAt(object, path), pattern)),
  };
}

function hasCondition(object: Value, type: string, status: string): boolean {
  const found = asArray(valueAt(object, ["status", "conditions"])).find((one) => asObject(one)?.type === type);
  return asObject(found)?.status === status;
}

/** What an object leaves out is null, and not absent: the provider knows the field from the definition of the kind. */
function fieldAt(object: Value, path: readonly (string | number)[]): Value | undefined {
  const value = valueAt(object, path);
  return value === undefined && asObject(valueAt(object, path.slice(0, -1))) ? null : value;
}

/** A field that is not there yet is waited for; one without a value is an empty text, which `*` matches. */
function matches(value: Value | undefined, pattern: RegExp): boolean {
  if (value === undefined || typeof value === "object" || typeof value === "symbol")
    return value === null && pattern.test("");
  return pattern.test(String(value));
}

function patternOf(expression: string): RegExp {
  if (expression === "*") return /(.*)?/;
  try {
    return new RegExp(expression);
  } catch {
    throw new CloudError(`Error waiting for operation to complete\n\ninvalid regular expression: "${expression}"`);
  }
}
