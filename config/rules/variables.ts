import type { Draft } from "../parse";
import type { WrittenWorkload } from "../schema/environment";
import { sources } from "../schema/workloads";
import { isText, textOf, type DraftText } from "../text";
import type { Rule } from "./rule";
import { inWorkloads } from "./workload-drafts";

/** Of one `NAME=value`, in bytes, with its end: MAX_ARG_STRLEN of Linux. */
const LARGEST_VARIABLE = 32 * 4096;

const variable: Rule = {
  id: "variable-size",
  about: "workloads.<key>.env.<key>",
  message: `must be at most ${LARGEST_VARIABLE - 1} bytes with its name, without a zero byte: no program starts with such a variable`,
  source: "https://github.com/torvalds/linux/blob/master/include/uapi/linux/binfmts.h",
  check: (context) =>
    inWorkloads(context, ({ env = {} }, path) =>
      Object.entries(env)
        .filter(([name, value]) => !isVariable(`${name}=${isSource(value) ? "" : textOf(value ?? "")}`))
        .map(([name]) => ({ path: [...path, "env", name], showValue: false })),
    ),
};

const source: Rule = {
  id: "source-of-variable",
  about: "workloads.<key>.env.<key>",
  message: `must have exactly one of the keys ${Object.keys(sources).join(", ")}`,
  check: (context) =>
    inWorkloads(context, ({ env = {} }, path) =>
      Object.entries(env)
        .filter(([, value]) => isSource(value) && Object.keys(sources).filter((key) => key in value).length !== 1)
        .map(([name]) => ({ path: [...path, "env", name], showValue: false })),
    ),
};

export const variableRules = [variable, source];

type DraftVariable = NonNullable<Draft<WrittenWorkload>["env"]>[string];

function isSource(value: DraftVariable): value is Exclude<DraftVariable, DraftText | undefined> {
  return typeof value === "object" && !isText(value);
}

function isVariable(assignment: string): boolean {
  return !assignment.includes("\0") && Buffer.byteLength(assignment) < LARGEST_VARIABLE;
}
