import type { Path } from "./problem";
import { backends } from "./schema/backend";
import { connections } from "./schema/clusters";
import { builders, origins } from "./schema/images";
import { methods } from "./schema/pull";

type Shape = Readonly<Record<string, unknown>>;

/** A mapping of which exactly one of some keys must be given. */
export interface Alternatives {
  /** Place in the file; `*` stands for any key. */
  readonly place: Path;
  readonly keys: readonly string[];
  /** A key that may stand there instead of them. @default - none may */
  readonly instead?: string;
}

/** All alternatives of an environment file. What is added to the schema's is known here. */
export const ALTERNATIVES: readonly Alternatives[] = [
  { place: ["backend"], keys: Object.keys(backends) },
  { place: ["images", "*"], keys: Object.keys(origins), instead: "tag" },
  { place: ["images", "*", "build"], keys: Object.keys(builders) },
  { place: ["clusters", "*"], keys: Object.keys(connections) },
  { place: ["clusters", "*", "pull"], keys: Object.keys(methods) },
];

/** One of some alternatives: `{ kind: "docker", value: … }`. The union has a member for each key of the schema. */
export type Choice<Written> = {
  [Kind in keyof Written]-?: { readonly kind: Kind; readonly value: NonNullable<Written[Kind]> };
}[keyof Written];

/** The same, with the value's own keys beside `kind`. */
export type OneOf<Written> = {
  [Kind in keyof Written]-?: Tagged<Kind, NonNullable<Written[Kind]>>;
}[keyof Written];

/** Without the index signature of a mapping that has no keys. */
type Tagged<Kind, Value> = { readonly kind: Kind } & {
  readonly [Key in keyof Value as string extends Key ? never : Key]: Value[Key];
};

/** @returns The alternative that is given, undefined where there is none or more than one. */
export function choiceOf<Keys extends Shape, Written extends { readonly [Key in keyof Keys]?: unknown }>(
  written: Written,
  alternatives: Keys,
): Choice<Pick<Written, keyof Keys & keyof Written>> | undefined {
  const [kind, second] = Object.keys(alternatives).filter((key) => written[key as keyof Written] !== undefined);
  if (kind === undefined || second !== undefined) return undefined;
  const choice: unknown = { kind, value: written[kind as keyof Written] };
  return choice as Choice<Pick<Written, keyof Keys & keyof Written>>;
}
