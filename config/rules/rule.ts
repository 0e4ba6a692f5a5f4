import type { ReadManifests } from "../../manifests/read-manifests";
import type { Claim } from "../claims";
import type { SoundEnvironment } from "../environment";
import type { LabelledClusters } from "../labels";
import type { Draft, Sound } from "../parse";
import type { Problem } from "../problem";

/** Something that must hold of an environment file, beyond the type of each value. */
export interface Rule {
  /** Stable name, for people. */
  readonly id: string;
  /** What it is about: a key as in docs/environment-file.md. */
  readonly about: string;
  /** What must hold, as the end of the sentence "<path> …". `{name}` stands for a value of a finding. */
  readonly message: string;
  /** Where the limit comes from. @default - from this project */
  readonly source?: string;
  /** What breaks it is allowed, but risky. @default - it is refused */
  readonly warns?: true;
  check(context: RuleContext): readonly Finding[];
}

/** A place where a rule is broken. */
export interface Finding extends Pick<Problem, "path" | "atKey" | "showValue" | "lacks"> {
  /** What the message says in place of `{name}`. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Put after the message: what may have been meant. */
  readonly suggestion?: string;
}

/** One environment file, as rules see it. */
export interface RuleContext {
  /** Name of the environment: the file's, without its ending. */
  readonly name: string;
  /** Folder that build contexts are relative to. */
  readonly projectDirectory: string;
  /** The file's data with its defaults, whatever is wrong with it. */
  readonly data: unknown;
  /** What is wrong with its shape. */
  readonly shape: readonly Problem[];
  /**
   * What is written, as far as its types are right: for rules about one entry. What the file leaves out and has no default
   * is no key here; what is wrong is a key without a value.
   */
  readonly draft: Draft;
  /** What has no problem of its own, as it is written. */
  readonly written: Sound;
  /** What is whole, with its unions closed: for rules between entries. */
  readonly environment: SoundEnvironment;
  readonly labelled: LabelledClusters;
  /** What was read of each entry of manifests that has no problem of its own, by key. */
  readonly manifests: ReadonlyMap<string, ReadManifests>;
  /** What the environment alone may have, in the order of the file. */
  readonly claims: readonly Claim[];
  /** The first claim to each thing, in all files. */
  readonly owners: ReadonlyMap<string, Claim>;
}

/** The entries of a map of a draft, without those that are no mappings. */
export function entriesOf<Entry>(
  map: Readonly<Record<string, Entry | undefined>> | undefined,
): [string, Entry & object][] {
  return Object.entries(map ?? {}).filter((pair): pair is [string, Entry & object] => isObject(pair[1]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
