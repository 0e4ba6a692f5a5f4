import fs from "node:fs";
import path from "node:path";

/** Name of cdktf's manifest in an output folder. */
export const MANIFEST = "manifest.json";

/** Name of the file in a stack's folder that holds all of it. */
export const STACK_FILE = "cdk.tf.json";

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
  const file = path.join(outdir, MANIFEST);
  if (!fs.existsSync(file)) return [];
  const { stacks } = JSON.parse(fs.readFileSync(file, "utf8")) as { stacks: Record<string, ListedStack> };
  return Object.values(stacks).sort((a, b) => (a.name < b.name ? -1 : 1));
}
