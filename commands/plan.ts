import fs from "node:fs";
import path from "node:path";
import { planMarkdown } from "../runs/markdown";
import { runnableWaves } from "../runs/runnable";
import type { StackResult } from "../runs/run-stacks";
import { planning } from "../runs/work";
import { command, run, settingsOf } from "./command-line";
import { runAndReport, withRunOptions, type RunOptions } from "./runs";
import { selectionOf } from "./stack-selection";

interface Options extends RunOptions {
  readonly out?: string;
  readonly detailedExitcode?: true;
}

const plan = withRunOptions(command("plan"))
  .option(
    "--out <folder>",
    "for a text of each plan and summary.md, without secrets; default: plans/ in the output folder",
  )
  .option("--detailed-exitcode", "as of terraform plan: 0 no changes, 1 an error, 2 changes; default: 2 is 0")
  .action(async ({ out, detailedExitcode, ...options }: Options) => {
    const { outputDirectory } = settingsOf({});
    const folder = path.resolve(out ?? path.join(outputDirectory, "plans"));
    const waves = runnableWaves(outputDirectory, selectionOf(options));
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const outcomes = new Map<string, StackResult["outcome"]>();
    const work = planning(folder, outcomes);
    const results = await runAndReport(options, {
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
      onEnd: (ended) => {
        const markdown = planMarkdown(ended);
        fs.writeFileSync(path.join(folder, "summary.md"), markdown);
        const { GITHUB_STEP_SUMMARY: step } = process.env;
        if (step) fs.appendFileSync(step, markdown);
        if (process.env.TF_BUILD) console.log(`##vso[task.uploadsummary]${path.join(folder, "summary.md")}`);
      },
    });
    if (
      detailedExitcode &&
      !process.exitCode &&
      results.some(({ outcome }) => outcome === "changed" || outcome === "waiting")
    )
      process.exitCode = 2;
  });

void run(plan);
