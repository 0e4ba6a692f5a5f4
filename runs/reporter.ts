import { countsOf } from "./plan-summary";
import { stackReport } from "./run-report";
import type { Reporter, StackResult } from "./run-stacks";
import type { RunnableStack } from "./stack-run";

/** Writes a line or a block. */
export type Write = (text: string) => void;

/** What each stack says, in one piece when it has ended. */
export class BlockReporter implements Reporter {
  constructor(private readonly write: Write) {}

  begin(): void {
    // Its block says all of it.
  }

  end({ stack }: StackResult, output: string): void {
    this.write(`== ${stack.name}\n${output.trimEnd()}`);
  }
}

/** One JSON object a line: `begin` and `end` of each stack, and `summary` in the end. */
export class EventReporter implements Reporter {
  constructor(private readonly write: Write) {}

  begin({ name, environment, kind }: RunnableStack): void {
    this.write(JSON.stringify({ type: "begin", stack: name, environment, kind }));
  }

  end(result: StackResult, output: string): void {
    this.write(JSON.stringify({ type: "end", ...stackReport(result), output }));
  }
}

/** How a run went, in a few lines: what changed, what did not, what failed, and what was not begun. */
export function summaryLines(results: readonly StackResult[], seconds: number): string[] {
  const of = (outcome: StackResult["outcome"]) => results.filter((result) => result.outcome === outcome);
  const named = (outcome: StackResult["outcome"], describe: (result: StackResult) => string) =>
    of(outcome).map((result) => `${outcome.padEnd(9)}  ${result.stack.name}${describe(result)}`);
  const because = ({ reason }: StackResult) => (reason === undefined ? "" : `: ${reason.split("\n")[0] ?? ""}`);
  const unchanged = of("unchanged").length;
  return [
    ...named("changed", ({ plan, counts = plan && countsOf(plan) }) => (counts === undefined ? "" : `: ${counts}`)),
    ...named("waiting", because),
    ...named("failed", because),
    ...named("not begun", because),
    `${results.length} stacks in ${seconds.toFixed(1)} s: ${of("changed").length} changed, ${unchanged} unchanged, ${of("failed").length} failed, ${of("not begun").length} not begun`,
  ];
}
