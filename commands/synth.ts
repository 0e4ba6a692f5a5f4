import { loadConfiguration } from "../config";
import { adoptionsOf } from "../config/adoption";
import { parseShard, type Shard } from "../config/shard";
import { adoptedStacks } from "../synthesis/adopted";
import { describeChanges, type Changes } from "../synthesis/changes";
import { describeProgress, type Progress } from "../synthesis/progress";
import { completePublication } from "../synthesis/publication";
import { readRunOrder } from "../synthesis/run-order";
import { formatSummary, summarize } from "../synthesis/summary";
import { synthesize } from "../synthesis/synthesize";
import {
  command,
  isInteractive,
  parsedBy,
  run,
  settingsOf,
  untilInterrupted,
  warn,
  withSelection,
  type Selection,
} from "./command-line";

interface Options extends Selection {
  readonly shard?: Shard;
  readonly fresh?: true;
  readonly quiet?: true;
  readonly json?: true;
}

const synth = withSelection(command("synth"))
  .option("--shard <i/n>", "only the clusters of one part, with the stacks that they need", parsedBy(parseShard))
  .option("--fresh", "build all stacks, also those that are there as they would be built; default: $FRESH is 1")
  .option("--quiet", "no summary")
  .option("--json", "the summary as JSON on the standard output")
  .action(async ({ shard, fresh, quiet, json, ...selection }: Options) => {
    const start = performance.now();
    const settings = { ...settingsOf(selection), ...(shard && { shard }), ...(fresh && { fresh }) };
    const signal = untilInterrupted();
    // What an interrupted run has begun is finished, whatever the files say now.
    completePublication(settings.outputDirectory);
    const { environments, warnings } = loadConfiguration(settings);
    warn(warnings);
    let changes: Changes | undefined;
    await synthesize(environments, settings, {
      signal,
      onProgress: isInteractive(process.stderr) ? showProgress : undefined,
      onChanges: (told) => {
        changes = told;
        warn(describeChanges(told, settings));
      },
    });
    if (environments.some((environment) => adoptionsOf(environment).length > 0)) {
      const done = adoptedStacks(settings.outputDirectory);
      if (done.length > 0)
        warn([`${done.join(", ")}: all that adopt names is in the state: drop adopt, and of workloads call it keep`]);
    }
    const order = readRunOrder(settings.outputDirectory);
    if (!changes || !order) throw new Error("the output has no run order");
    const summary = summarize(environments, order, changes, (performance.now() - start) / 1000);
    if (json) console.log(JSON.stringify(summary, null, 2));
    else if (!quiet) console.error(formatSummary(summary));
  });

/** One line that changes, and is gone at the end. */
function showProgress(progress: Progress): void {
  const isOver = progress.built === progress.total;
  process.stderr.write(`\r\u001b[K${isOver ? "" : describeProgress(progress, performance.now() / 1000)}`);
}

void run(synth);
