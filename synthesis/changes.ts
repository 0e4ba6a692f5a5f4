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

/** The content of a file before and after. */
export interface Replacement {
  readonly former: string;
  readonly current: string;
}

/** @returns Nothing where no resource is gone. */
export function changeOf(stack: string, { former, current }: Replacement): StackChange[] {
  const [before, after] = [addressesIn(former), addressesIn(current)];
  const gone = before.filter((address) => !after.includes(address));
  const added = after.filter((address) => !before.includes(address));
  return gone.length > 0 ? [{ stack, gone, added }] : [];
}

/** None where the text is no JSON: a file that somebody has broken is replaced like any other. */
function addressesIn(text: string): string[] {
  const { resource = {} } = parse(text);
  return Object.entries(resource).flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`));
}

function parse(text: string): { readonly resource?: Readonly<Record<string, object>> } {
  try {
    return JSON.parse(text) as { resource?: Record<string, object> };
  } catch {
    return {};
  }
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
