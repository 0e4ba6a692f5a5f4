import type { Settings } from "../config";
import type { StackChange } from "./stack-change";

/** What is different from the output that was there before. */
export interface Changes {
  /** Stacks that are no longer synthesized. */
  readonly gone: readonly { readonly name: string; readonly environment: string }[];
  /** Environments that are called otherwise, as far as their registry tells it. @default - none */
  readonly renamed?: readonly { readonly from: string; readonly to: string }[];
  /** Stacks whose next apply destroys something, or does not find what it has deployed. */
  readonly destructive: readonly StackChange[];
  /** Names of stacks that are new, or of which a file is another. */
  readonly written: readonly string[];
}

/** Names of one environment's stacks that are worth listing. */
const MOST_NAMES = 4;

/** A line for every stack whose next apply destroys something, and one for each environment with stacks that nobody destroys any more. */
export function describeChanges(
  { gone, renamed = [], destructive }: Changes,
  { environments, clusters }: Settings,
): string[] {
  const lines = destructive.flatMap(({ stack, gone: resources, added, replaced, moved }) => {
    const creation = added.length > 0 ? ` and creates ${added.join(", ")}` : "";
    return [
      ...(resources.length > 0 ? [`destroys ${resources.join(", ")}${creation}`] : []),
      ...(replaced.length > 0 ? [`destroys and creates again ${replaced.join(", ")}`] : []),
      ...moved,
    ].map((effect) => `the next apply of ${stack} ${effect}`);
  });
  // Whoever synthesizes a part has not removed the rest.
  if (environments || clusters) return lines;
  const names = [...new Set(gone.map(({ environment }) => environment))];
  return [
    ...lines,
    ...names.map((environment) => {
      const successor = renamed.find(({ from }) => from === environment)?.to;
      const advice =
        successor === undefined
          ? "To destroy it, put the entry back, synthesize, and run cdktf destroy before you remove it"
          : `To go on with it as ${successor}, put the name back, synthesize, and take the states along: docs/edits.md`;
      const stacks = listOf(gone.filter((stack) => stack.environment === environment));
      return `${environment}: ${stacks} no longer synthesized, and nothing destroys what was deployed. ${advice}`;
    }),
  ];
}

function listOf(stacks: Changes["gone"]): string {
  const shown = stacks.slice(0, MOST_NAMES).map(({ name }) => name);
  const hidden = stacks.length - shown.length;
  return `${shown.join(", ")}${hidden > 0 ? ` and ${hidden} more` : ""} ${stacks.length === 1 ? "is" : "are"}`;
}
