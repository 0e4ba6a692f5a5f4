import fs from "node:fs";
import type { Settings } from "../config";

/** What is different from the output that was there before, where applying it has consequences that an edit may not mean. */
export interface Changes {
  /** Names of stacks that are gone. */
  readonly goneStacks: readonly string[];
  /** Stacks from which resources are gone. */
  readonly stacks: readonly StackChange[];
}

/** Resources of a stack that come and go with its next apply, by their addresses. */
export interface StackChange {
  readonly stack: string;
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** @returns Nothing where the stack is new, or no resource is gone. */
export function changeOf(stack: string, formerFile: string, file: string): StackChange[] {
  if (!fs.existsSync(formerFile)) return [];
  const [former, text] = [formerFile, file].map((name) => fs.readFileSync(name, "utf8"));
  if (former === undefined || text === undefined || former === text) return [];
  const [before, after] = [addressesIn(former), addressesIn(text)];
  const gone = before.filter((address) => !after.includes(address));
  const added = after.filter((address) => !before.includes(address));
  return gone.length > 0 ? [{ stack, gone, added }] : [];
}

function addressesIn(text: string): string[] {
  const { resource = {} } = JSON.parse(text) as { resource?: Record<string, object> };
  return Object.entries(resource).flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`));
}

/** A line for every stack whose next apply destroys something, and one for stacks that nobody destroys any more. */
export function describeChanges({ goneStacks, stacks }: Changes, { environments, clusters }: Settings): string[] {
  const lines = stacks.map(({ stack, gone, added }) => {
    const creation = added.length > 0 ? ` and creates ${added.join(", ")}` : "";
    return `the next apply of ${stack} destroys ${gone.join(", ")}${creation}`;
  });
  // Whoever synthesizes a part has not removed the rest.
  if (goneStacks.length === 0 || environments || clusters) return lines;
  return [
    ...lines,
    `${goneStacks.join(", ")}: no longer synthesized, and nothing destroys what was deployed. ` +
      "To destroy it, put the entry back, synthesize, and run cdktf destroy before you remove it",
  ];
}
