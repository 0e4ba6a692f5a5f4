import { completePublication } from "../synthesis/publication";
import { selectWaves } from "../synthesis/selection";
import { command, run, settingsOf } from "./command-line";
import { selectionOf, withStackChoices, type StackChoices } from "./stack-selection";

interface Options extends StackChoices {
  readonly reverse?: true;
  readonly json?: true;
}

const order = withStackChoices(command("order"))
  .option("--reverse", "as for a destroy")
  .option("--json", "as a JSON list of lists")
  .action(({ reverse, json, ...choices }: Options) => {
    const { outputDirectory } = settingsOf({});
    completePublication(outputDirectory);
    const waves = selectWaves(outputDirectory, selectionOf(choices));
    if (reverse) waves.reverse();
    console.log(json ? JSON.stringify(waves, null, 2) : waves.map((wave) => wave.join(" ")).join("\n"));
  });

void run(order);
