import fs from "node:fs";
import path from "node:path";
import { valueOf } from "../config/mapping";
import { digestAsWritten, sha256 } from "./digest";
import { readEntries, STACKS, type StackEntries } from "./manifest";
import type { Unit } from "./units";

/** Name of the file in the output folder: a seal for each stack. */
export const SEALS = "seals.json";

type Entry = StackEntries[string];

/** A stack of the output that is what it would be if it were built. */
export interface KeptStack {
  readonly entry: Entry;
  /** Of its files. */
  readonly digest: string;
}

/** Stacks of the output that need not be built. */
export interface Kept {
  readonly stacks: ReadonlyMap<string, KeptStack>;
  /** The text of the seals by which they were found: with other seals the folder holds another output. */
  readonly seals: string;
}

/** Nothing is kept. */
export const NONE: Kept = { stacks: new Map(), seals: "" };

/** What a seal is made of. */
export interface Sealed extends KeptStack {
  /** Hash of the code that built the stack. */
  readonly code: string;
  /** Hash of what it was given. */
  readonly input: string;
}

/**
 * One hash over what a stack is made from and what it came to: neither can be exchanged without it.
 * @param sealed The entry as it was read from a manifest.
 */
export function sealOf({ code, input, entry, digest }: Sealed): string {
  return sha256(JSON.stringify([code, input, entry, digest]));
}

export function writeSeals(outdir: string, seals: Readonly<Record<string, string>>): void {
  fs.writeFileSync(path.join(outdir, SEALS), `${JSON.stringify(seals, null, 2)}\n`);
}

/**
 * Finds the stacks of the output that are what would be built: those of units all of whose stacks lie there, unchanged since they
 * were built by the same code from the same input.
 *
 * @param outdir The output folder.
 * @param mode Of a file that this process has just made.
 */
export function keptIn(outdir: string, units: readonly Unit[], code: string, mode: number): Kept {
  const before = readSealed(outdir);
  if (!before) return NONE;
  const kept = units.flatMap(({ stacks, input }) => {
    const found = stacks.flatMap((name): [string, KeptStack][] => {
      const entry = valueOf(before.entries, name) as Entry | undefined;
      const digest = digestAsWritten(path.join(outdir, STACKS, name), mode);
      if (!entry || digest === undefined) return [];
      return valueOf(before.seals, name) === sealOf({ code, input, entry, digest }) ? [[name, { entry, digest }]] : [];
    });
    return found.length === stacks.length ? found : [];
  });
  return { stacks: new Map(kept), seals: before.text };
}

/** Undefined where something cannot be read. What it says counts by its seal alone. */
function readSealed(outdir: string) {
  try {
    const text = fs.readFileSync(path.join(outdir, SEALS), "utf8");
    return { text, seals: JSON.parse(text) as unknown, entries: readEntries(outdir) };
  } catch {
    return undefined;
  }
}
