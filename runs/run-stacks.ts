import { setTimeout as wait } from "node:timers/promises";
import { atOnce } from "../terraform/at-once";
import type { PlanSummary } from "./plan-summary";
import { StackFailure, StackRun, type RunContext, type RunnableStack } from "./stack-run";

/**
 * How it went: a plan or an apply had something to change or had nothing, it failed, it waits for a stack that is not applied yet, or it
 * was not begun since one before it failed or somebody interrupted.
 */
export type Outcome = "changed" | "unchanged" | "failed" | "waiting" | "not begun";

/** Whether something is still to do, of an apply. */
export function isUnfinished(outcome: Outcome): boolean {
  return outcome === "failed" || outcome === "not begun";
}

export interface StackResult {
  readonly stack: RunnableStack;
  readonly outcome: Outcome;
  readonly seconds: number;
  /** What the plan does. @default - there is none */
  readonly plan?: PlanSummary;
  /** `2 to add, 0 to change, 0 to destroy`, of an apply. */
  readonly counts?: string;
  /** Why it failed, or what it waits for. */
  readonly reason?: string;
}

/** What is done in a stack. @throws {StackFailure} */
export type Work = (run: StackRun) => Promise<Pick<StackResult, "outcome" | "plan" | "counts" | "reason">>;

export interface Reporter {
  begin(stack: RunnableStack): void;
  /** @param output What was said in the stack. */
  end(result: StackResult, output: string): void;
}

export interface RunStacksOptions {
  /** Stacks in the order of the run; those of one wave side by side. */
  readonly waves: readonly (readonly RunnableStack[])[];
  /** Names of the stacks that have to be done before one. */
  readonly before: (stack: RunnableStack) => readonly string[];
  readonly work: Work;
  readonly context: RunContext;
  readonly reporter: Reporter;
  /** How many run at once, at least 1. Each Terraform with its providers takes some hundred megabytes. */
  readonly parallel: number;
  /** How often a stack is tried again after an answer that says so. */
  readonly retries: number;
  /** Milliseconds before the first new try; each further one waits twice as long. @default 15000 */
  readonly pauseMs?: number;
  /** Called before each wave. @returns Why it must not begin. */
  readonly assertWave?: (wave: readonly RunnableStack[]) => Promise<string | undefined>;
}

/** Answers that clouds give who ask too much or too early, and that the providers do not all wait for themselves. */
const TRY_AGAIN =
  /\b429\b|TooManyRequests|Too Many Requests|try again|RetryableError|ServerTimeout|temporarily unavailable/i;

/** Runs stacks, wave by wave. A stack is not begun where one before it has failed; the others go on. */
export async function runStacks(options: RunStacksOptions): Promise<StackResult[]> {
  const { waves, before, context, reporter, parallel } = options;
  const results = new Map<string, StackResult>();
  const skip = (stack: RunnableStack, reason: string): StackResult => ({
    stack,
    outcome: "not begun",
    seconds: 0,
    reason,
  });
  for (const wave of waves) {
    const refusal = context.interruption.isInterrupted ? undefined : await options.assertWave?.(wave);
    await atOnce(parallel, wave, async (stack) => {
      const unfinished = before(stack).filter((name) => {
        const result = results.get(name);
        return result && isUnfinished(result.outcome);
      });
      const why = refusal ?? (unfinished.length > 0 ? `comes after ${unfinished.join(", ")}` : undefined);
      const isOver = context.interruption.isInterrupted;
      if (isOver || why !== undefined) {
        results.set(stack.name, skip(stack, isOver ? "interrupted" : (why ?? "")));
        return;
      }
      reporter.begin(stack);
      const run = new StackRun(stack, context);
      const result = await runOne(run, options);
      results.set(stack.name, result);
      reporter.end(result, run.output);
    });
  }
  return waves.flat().flatMap(({ name }) => results.get(name) ?? []);
}

async function runOne(
  run: StackRun,
  { work, retries, pauseMs = 15_000, context }: RunStacksOptions,
): Promise<StackResult> {
  const { stack } = run;
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  for (let attempt = 1; ; attempt++) {
    try {
      return { stack, ...(await work(run)), seconds: seconds() };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!(error instanceof StackFailure)) run.say(reason);
      const isWorthIt = error instanceof StackFailure && TRY_AGAIN.test(error.said);
      if (!isWorthIt || attempt > retries || context.interruption.isInterrupted)
        return { stack, outcome: "failed", reason, seconds: seconds() };
      const pause = pauseMs * 2 ** (attempt - 1);
      run.say(`trying again in ${pause / 1000} s (${attempt} of ${retries}): ${reason}`);
      await wait(pause);
    } finally {
      run.forgetPlan();
    }
  }
}
