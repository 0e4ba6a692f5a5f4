// Of `z.core` a bundle takes all, the words of fifty languages included.
import { config as zodConfig, util } from "zod/v4/core";
import { problemsOf } from "./messages";
import { isMapping } from "./mapping";
import type { Problem } from "./problem";
import { fileSchema, type Written } from "./schema/environment";
import type { DraftText, DraftTextMap, Text, TextMap } from "./text";

/** What of a file has the right type, at every depth: what is missing is missing, or wrong. */
export type Draft<T = Written> = T extends Text ? DraftText : T extends TextMap ? DraftTextMap : DraftOfOther<T>;
type DraftOfOther<T> = T extends readonly (infer Item)[]
  ? readonly (Draft<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

/** What of a file has no problem of its own: sections that are one thing, and entries of those that are maps. */
export type Sound = Partial<Omit<Written, Maps>> & Pick<Written, Maps>;
const MAPS = ["images", "clusters", "namespaces", "workloads", "manifests"] as const;
type Maps = (typeof MAPS)[number];

export interface ParsedFile {
  /** What is wrong with its shape, in our words. */
  readonly problems: Problem[];
  readonly draft: Draft;
  readonly sound: Sound;
}

/** @param data A file's, with defaults. */
export function parseFile(data: unknown): ParsedFile {
  const { issues, value } = run(data);
  const problems = issues.flatMap(({ issue }) => problemsOf(issue, fileSchema, []));
  const draft = isMapping(value) ? value : {};
  for (const { issue, isFatal } of issues) if (isFatal) remove(draft, issue.path);
  return { problems, draft, sound: soundOf(draft, problems) };
}

/**
 * Parses as `safeParse` does, and keeps what it has, since rules must be checked besides.
 * https://zod.dev/packages/core#internals
 */
function run(data: unknown) {
  const context = { async: false, reportInput: true } as const;
  const result = fileSchema._zod.run({ value: data, issues: [] }, context);
  if (result instanceof Promise) throw new Error("the schema must be synchronous");
  const issues = result.issues.map((raw) => ({
    // Others leave a value of the right type behind.
    isFatal: raw.continue !== true,
    issue: util.finalizeIssue(raw, context, zodConfig()),
  }));
  return { issues, value: result.value };
}

/** Takes out the value at a path. What `run` returns shares its mappings and lists with nobody. */
function remove(root: unknown, path: readonly PropertyKey[]): void {
  const parent = path.slice(0, -1).reduce<unknown>((value, part) => (value as Tree | undefined)?.[part], root);
  const last = path.at(-1);
  if (typeof parent === "object" && parent !== null && last !== undefined) (parent as Tree)[last] = undefined;
}

type Tree = Record<PropertyKey, unknown>;

function soundOf(draft: Draft, problems: readonly Problem[]): Sound {
  const faulty = new Map<unknown, Set<unknown>>();
  for (const { path } of problems) faulty.set(path[0], (faulty.get(path[0]) ?? new Set()).add(path[1]));
  const sections = Object.entries(draft).filter(([section]) => !isMap(section) && !faulty.has(section));
  const maps = MAPS.map((section) => {
    const entries = Object.entries(draft[section] ?? {});
    return [section, Object.fromEntries(entries.filter(([key]) => !faulty.get(section)?.has(key)))];
  });
  const sound: unknown = Object.fromEntries([...sections, ...maps]);
  // A draft without a problem lacks nothing.
  return sound as Sound;
}

function isMap(section: string): boolean {
  return (MAPS as readonly string[]).includes(section);
}
