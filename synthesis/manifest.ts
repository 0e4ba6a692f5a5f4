import fs from "node:fs";
import path from "node:path";
import type { IManifest } from "cdktf";

/** Name of cdktf's manifest in an output folder. */
export const MANIFEST = "manifest.json";

/** Folder in an output folder that holds a folder for each stack. */
export const STACKS = "stacks";

/** Name of the file in a stack's folder that holds all of it. */
export const STACK_FILE = "cdk.tf.json";

/** What cdktf's manifest says of stacks, by their names. */
export type StackEntries = Readonly<IManifest["stacks"]>;

/** One stack, as cdktf's manifest lists it. */
export interface ListedStack {
  readonly name: string;
  /** Folder that Terraform runs in, relative to the output folder. */
  readonly workingDirectory: string;
  /** Names of the stacks that come before it. */
  readonly dependencies: readonly string[];
}

/** @returns The stacks of an output folder in the order of their names; none where nothing was synthesized yet. */
export function listStacks(outdir: string): ListedStack[] {
  if (!fs.existsSync(path.join(outdir, MANIFEST))) return [];
  return Object.values(readEntries(outdir)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws {Error} Where there is no manifest that can be read. */
export function readEntries(outdir: string): StackEntries {
  const { stacks } = JSON.parse(fs.readFileSync(path.join(outdir, MANIFEST), "utf8")) as { stacks: StackEntries };
  return stacks;
}
