import { applying } from "../runs/work";
import { dependentsOf, reversed, runnableWaves } from "../runs/runnable";
import { UserError } from "../config/user-error";
import { command, run, settingsOf } from "./command-line";
import { runAndReport, withResume, withRunOptions, type RunOptions } from "./runs";
import { selectionOf } from "./stack-selection";

const destroy = withResume(withRunOptions(command("destroy"))).action(async (options: RunOptions) => {
  const selection = selectionOf(options);
  // Nobody means everything by saying nothing.
  if (!selection.environments && !selection.clusters)
    throw new UserError("Say what to destroy: --environment <name> or --cluster <key>");
  const waves = runnableWaves(settingsOf({}).outputDirectory, selection);
  const dependents = dependentsOf(waves);
  await runAndReport(options, {
    command: "destroy",
    waves: reversed(waves),
    before: ({ name }) => dependents.get(name) ?? [],
    work: applying("-destroy"),
  });
});

void run(destroy);
