import { applying } from "../runs/work";
import { runnableWaves } from "../runs/runnable";
import { command, run, settingsOf } from "./command-line";
import { runAndReport, withResume, withRunOptions, type RunOptions } from "./runs";
import { selectionOf } from "./stack-selection";

const apply = withResume(withRunOptions(command("apply"))).action(async (options: RunOptions) => {
  const waves = runnableWaves(settingsOf({}).outputDirectory, selectionOf(options));
  await runAndReport(options, {
    command: "apply",
    waves,
    before: ({ dependencies }) => dependencies,
    work: applying(),
    triesPasswords: true,
  });
});

void run(apply);
