import { ConfigError, loadConfiguration, settingsFrom } from "./config";
import { describeChanges } from "./synthesis/changes";
import { synthesizeFast } from "./synthesis/synthesize";

// Environment files in, Terraform JSON out; the stacks and what flows between them are in app.ts.
async function main(): Promise<void> {
  const settings = settingsFrom(process.env, __dirname);
  const { environments, warnings } = loadConfiguration(settings);
  warnings.forEach(warn);
  describeChanges(await synthesizeFast(environments, settings), settings).forEach(warn);
}

function warn(text: string): void {
  console.error(`Warning: ${text}`);
}

main().catch((error: unknown) => {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
