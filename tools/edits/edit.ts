import type { Rehearsal } from "../../rehearsal";

/** Content of an environment file. */
export type File = Readonly<Record<string, unknown>>;

/** Values by their dotted paths in a file; null takes what is there away. */
export type Changes = Readonly<Record<string, unknown>>;

/** An edit of an environment file, and what somebody has to do beside it. */
export interface Edit {
  readonly title: string;
  readonly before: File;
  readonly changes: Changes;
  /** Name of the environment after it. @default - the same */
  readonly newName?: string;
  /** What else synthesis asks for. Without it, the next plans fail. @default - nothing */
  readonly written?: Changes;
  /** What to do beside the edit. @default - nothing */
  readonly todo?: Todo;
}

export interface Todo {
  /** For people. */
  readonly words: string;
  /** That of it which comes before the edit. @returns What is left to be done after the applies. */
  readonly first?: (rehearsal: Rehearsal) => Promise<(() => Promise<void>) | undefined>;
  /** That of it which comes before the applies. */
  readonly then?: (rehearsal: Rehearsal) => Promise<void>;
}

export function edit(title: string, before: File, changes: Changes, todo?: Todo): Edit {
  return { title, before, changes, ...(todo && { todo }) };
}

/** @returns The file after an edit. */
export function edited(file: File, changes: Changes): File {
  const copy = structuredClone(file) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let place = copy;
    for (const key of keys) place = (place[key] ??= {}) as Record<string, unknown>;
    if (value === null) Reflect.deleteProperty(place, last);
    else place[last] = value;
  }
  return copy;
}
