import { loadConfiguration } from "../config";
import { describeChanges } from "../synthesis/changes";
import { synthesizeFast } from "../synthesis/synthesize";
import { command, run, settingsOf, warn, withSelection, type Selection } from "./command-line";

const synth = withSelection(command("synth")).action(async (options: Selection) => {
  const settings = settingsOf(options);
  const { environments, warnings } = loadConfiguration(settings);
  warn(warnings);
  warn(describeChanges(await synthesizeFast(environments, settings), settings));
});

void run(synth);
