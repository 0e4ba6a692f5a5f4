import type { Settings } from "../config";

/** What is different from the output that was there before. */
export interface Changes {
  /** Stacks that are no longer synthesized. */
  readonly gone: readonly { readonly name: string; readonly environment: string }[];
  /** Stacks whose next apply destroys something. */
  readonly destructive: readonly StackChange[];
  /** Names of stacks that are new, or of which a file is another. */
  readonly written: readonly string[];
}

/** Resources of a stack that come and go with its next apply, by their addresses. */
export interface StackChange {
  readonly stack: string;
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** Names of one environment's stacks that are worth listing. */
const MOST_NAMES = 4;

/**
 * @param before Text of the stack's file before, which need not be JSON: somebody may have broken it.
 * @returns Nothing where no resource is gone.
 */
export function changeOf(stack: string, before: string, after: string): StackChange[] {
  const [former, current] = [addressesIn(before), addressesIn(after)];
  const gone = former.filter((address) => !current.includes(address));
  const added = current.filter((address) => !former.includes(address));
  return gone.length > 0 ? [{ stack, gone, added }] : [];
}

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

/** A line for every stack whose next apply destroys something, and one for each environment with stacks that nobody destroys any more. */
export function describeChanges({ gone, destructive }: Changes, { environments, clusters }: Settings): string[] {
  const lines = destructive.map(({ stack, gone: resources, added }) => {
    const creation = added.length > 0 ? ` and creates ${added.join(", ")}` : "";
    return `the next apply of ${stack} destroys ${resources.join(", ")}${creation}`;
  });
  // Whoever synthesizes a part has not removed the rest.
  if (environments || clusters) return lines;
  const names = [...new Set(gone.map(({ environment }) => environment))];
  return [
    ...lines,
    ...names.map(
      (environment) =>
        `${environment}: ${listOf(gone.filter((stack) => stack.environment === environment))} no longer synthesized, and nothing destroys what was ` +
        "deployed. To destroy it, put the entry back, synthesize, and run cdktf destroy before you remove it",
    ),
  ];
}

function listOf(stacks: Changes["gone"]): string {
  const shown = stacks.slice(0, MOST_NAMES).map(({ name }) => name);
  const hidden = stacks.length - shown.length;
  return `${shown.join(", ")}${hidden > 0 ? ` and ${hidden} more` : ""} ${stacks.length === 1 ? "is" : "are"}`;
}
