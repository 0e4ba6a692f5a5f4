import fs from "node:fs";
import path from "node:path";
import { runnableWaves } from "../runs/runnable";
import type { StackResult } from "../runs/run-stacks";
import { planning } from "../runs/work";
import { command, run, settingsOf } from "./command-line";
import { runAndReport, withRunOptions, type RunOptions } from "./runs";
import { selectionOf } from "./stack-selection";

interface Options extends RunOptions {
  readonly detailedExitcode?: true;
}

const plan = withRunOptions(
  command("plan"),
  "for a text of each plan and a report, without secrets; default: plans/ in the output folder",
)
  .option("--detailed-exitcode", "as of terraform plan: 0 no changes, 1 an error, 2 changes; default: 2 is 0")
  .action(async ({ out, detailedExitcode, ...options }: Options) => {
    const { outputDirectory } = settingsOf({});
    const folder = path.resolve(out ?? path.join(outputDirectory, "plans"));
    const waves = runnableWaves(outputDirectory, selectionOf(options));
    // Of a folder that somebody names, only what was written here before is ours.
    if (out === undefined) fs.rmSync(folder, { recursive: true, force: true });
    for (const { name } of waves.flat()) fs.rmSync(path.join(folder, `${name}.txt`), { force: true });
    fs.mkdirSync(folder, { recursive: true });
    const outcomes = new Map<string, StackResult["outcome"]>();
    const work = planning(folder, outcomes);
    const results = await runAndReport(
      { ...options, out: folder },
      {
        command: "plan",
        waves,
        // A stack whose state is not there yet is planned all the same: it may not need it.
        before: () => [],
        work: async (stackRun) => {
          try {
            const result = await work(stackRun);
            outcomes.set(stackRun.stack.name, result.outcome);
            return result;
          } catch (error) {
            outcomes.set(stackRun.stack.name, "failed");
            throw error;
          }
        },
      },
    );
    if (
      detailedExitcode &&
      !process.exitCode &&
      results.some(({ outcome }) => outcome === "changed" || outcome === "waiting")
    )
      process.exitCode = 2;
  });

void run(plan);
