import * as z from "zod";
import { whyNotAdopted } from "./not-adoptable";
import { KEY_RULE } from "./schema/common";
import { elsewhere } from "./short-form";
import { quoteHint, suggestion, type Path, type Problem } from "./problem";

type Issue = z.core.$ZodIssue;

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

/** What an issue of a schema is in our words. @param base Place of the value that the issue is about. */
export function problemsOf(issue: Issue, schema: z.ZodType, base: Path): Problem[] {
  const path: Path = [...base, ...issue.path.map((part) => (typeof part === "symbol" ? part.toString() : part))];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...path, key],
        rule: `is not a known key${suggestion(key, keysAt(schema, path))}${elsewhere(path, key)}${whyNotAdopted(path, key)}`,
        atKey: true,
      }));
    case "invalid_key":
      return [{ path, rule: issue.issues[0]?.message ?? KEY_RULE, atKey: true }];
    case "invalid_union": {
      if (issue.input === undefined) return [{ path, rule: "is required" }];
      // The branch that the author meant is the one whose type fits.
      const meant = issue.errors.filter((branch) => !branch.some(isWrongTypeAtRoot));
      const [branch = []] = meant;
      if (meant.length === 1 && branch[0]?.code !== "invalid_value")
        return branch.flatMap((nested) => problemsOf(nested, schema, path));
      const types = issue.errors.map(([first]) => `${alternativeName(first)}${hintOf(first)}`);
      return [{ path, rule: `must be ${types.join(" or ")}` }];
    }
    case "invalid_type":
      if (issue.input === undefined) return [{ path, rule: "is required" }];
      return [{ path, rule: `must be ${typeName(issue.expected)}${hintOf(issue)}` }];
    case "invalid_value":
      if (issue.input === undefined) return [{ path, rule: "is required" }];
      return [{ path, rule: `must be one of ${issue.values.join(", ")}` }];
    default:
      return [{ path, rule: issue.message, showValue: !(issue.code === "custom" && issue.params?.hideValue === true) }];
  }
}

function typeName(expected: string): string {
  return TYPES[expected] ?? expected;
}

function isWrongTypeAtRoot(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  const isOther = (value: unknown) => typeof value !== typeof issue.input;
  return issue.code === "invalid_type" || (issue.code === "invalid_value" && issue.values.every(isOther));
}

/** What a union would have taken instead. */
function alternativeName(issue: Issue | undefined): string {
  if (issue?.code === "invalid_type") return typeName(issue.expected);
  return issue?.code === "invalid_value" ? issue.values.join(" or ") : "a value";
}

function hintOf(issue: Issue | undefined): string {
  return issue?.code === "invalid_type" ? quoteHint(issue.expected, issue.input) : "";
}

/** The keys that the schema allows in the mapping at `path`. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: unknown = unwrap(schema);
  for (const part of path) {
    if (here instanceof z.ZodObject) here = unwrap((here.shape as Record<string, unknown>)[part]);
    else if (here instanceof z.ZodRecord) here = unwrap(here.valueType);
    else if (here instanceof z.ZodArray) here = unwrap(here.element);
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

/** Removes defaults and the like; of a union, what takes a mapping is meant. */
function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.unwrap());
  }
  if (schema instanceof z.ZodLazy) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.find((option) => option instanceof z.ZodObject);
  return schema;
}
