import { Option } from "commander";
import { completePublication } from "../synthesis/publication";
import { selectWaves } from "../synthesis/selection";
import { KINDS } from "../synthesis/stacks-of";
import { collectNames, collectedBy, command, run, settingsOf } from "./command-line";

interface Options {
  readonly environment?: readonly string[];
  readonly cluster?: readonly string[];
  readonly kind?: readonly string[];
  readonly reverse?: true;
  readonly json?: true;
}

const order = command("order")
  .option("--environment <name>", "only of these environments, also several times or with commas", collectNames)
  .option("--cluster <key>", "only of these clusters, without the stacks that clusters share", collectNames)
  .addOption(
    new Option("--kind <kind>", "only of these kinds, also several times")
      .choices(KINDS)
      .argParser(collectedBy(String)),
  )
  .option("--reverse", "as for a destroy")
  .option("--json", "as a JSON list of lists")
  .action(({ environment, cluster, kind, reverse, json }: Options) => {
    const { outputDirectory } = settingsOf({});
    completePublication(outputDirectory);
    const waves = selectWaves(outputDirectory, {
      ...(environment && { environments: environment }),
      ...(cluster && { clusters: cluster }),
      ...(kind && { kinds: kind }),
    });
    if (reverse) waves.reverse();
    console.log(json ? JSON.stringify(waves, null, 2) : waves.map((wave) => wave.join(" ")).join("\n"));
  });

void run(order);
