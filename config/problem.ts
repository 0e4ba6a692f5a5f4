import { closest, distance } from "fastest-levenshtein";
import { UserError } from "./user-error";

/** Place of a value in an environment file: keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with an environment file. */
export interface Problem {
  readonly path: Path;
  /** What must hold, as the end of the sentence "<path> …". */
  readonly rule: string;
  /** Point at the key instead of at the value. @default false */
  readonly atKey?: boolean;
  /** It is about something that is not there, within what is. @default false */
  readonly lacks?: boolean;
  /** Show the value that was received. @default true where there is a value */
  readonly showValue?: boolean;
}

/** Environment files that cannot be used. The message has one line for each problem, all of them at once. */
export class ConfigError extends UserError {
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "ConfigError";
  }
}

/** `; did you mean "x"?` where one of the known words is near, else nothing. */
export function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(word, known);
  return distance(word, nearest) <= Math.max(2, word.length / 3) ? `; did you mean "${nearest}"?` : "";
}

/** YAML takes 1.0 and yes for a number and a boolean: how to keep them texts, where a text is wanted. */
export function quoteHint(expected: string, value: unknown): string {
  const isTaken = typeof value === "number" || typeof value === "boolean";
  return expected === "string" && isTaken ? " (put it in quotes)" : "";
}

/** `a.b[0]`, as in the messages of kubectl and jq. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    const key = /^[\x21-\x7e]+$/.test(part) ? part : JSON.stringify(part);
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

/** The end of a message: what was there instead. */
export function formatValue(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
