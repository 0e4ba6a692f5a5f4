import { loadConfiguration } from "../config";
import { stackName } from "../config/names";
import { quietClusters } from "../runs/quiet";
import { runnableWaves } from "../runs/runnable";
import { applying } from "../runs/work";
import { command, run, settingsOf } from "./command-line";
import { presentTime } from "./dates";
import { runAndReport, withResume, withRunOptions, type RunOptions } from "./runs";
import { selectionOf } from "./stack-selection";

interface Options extends RunOptions {
  readonly all?: true;
}

const rotate = withResume(withRunOptions(command("rotate")))
  .option("--all", "also the clusters whose time has not come, by the dates in their states")
  .action(async ({ all, ...options }: Options) => {
    const settings = settingsOf({});
    const kinds = options.kind ?? ["identity", "workload"];
    const waves = runnableWaves(settings.outputDirectory, { ...selectionOf(options), kinds });
    const quiet = all ? new Set<string>() : await quietStacks(settings, options);
    const due = waves.map((wave) => wave.filter(({ name }) => !quiet.has(name)));
    const left = waves.flat().length - due.flat().length;
    if (left > 0) console.error(`${left} stacks have the password of this period: nothing to do`);
    await runAndReport(options, {
      command: "rotate",
      waves: due,
      before: ({ dependencies }) => dependencies,
      work: applying(),
      triesPasswords: true,
    });
  });

/** Names of the stacks of clusters for which the calendar has nothing to do. */
async function quietStacks(settings: ReturnType<typeof settingsOf>, { environment }: RunOptions): Promise<Set<string>> {
  const { environments } = loadConfiguration({ ...settings, ...(environment && { environments: environment }) });
  const now = presentTime();
  const names = await Promise.all(
    environments.map(async (one) =>
      (await quietClusters(one, settings.outputDirectory, now)).flatMap((key) => [
        stackName(one.name, "identity", key),
        stackName(one.name, "workload", key),
      ]),
    ),
  );
  return new Set(names.flat());
}

void run(rotate);
