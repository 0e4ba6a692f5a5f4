import { ConfigError, loadConfiguration, settingsFrom } from "./config";
import { describeChanges } from "./synthesis/changes";
import { synthesizeFast } from "./synthesis/synthesize";

// Environment files in, Terraform JSON out; the stacks and what flows between them are in app.ts.
async function main(): Promise<void> {
  const settings = settingsFrom(process.env, __dirname);
  const { environments, warnings } = loadConfiguration(settings);
  const changes = await synthesizeFast(environments, settings);
  for (const warning of [...warnings, ...describeChanges(changes, settings)]) console.error(`Warning: ${warning}`);
}

main().catch((error: unknown) => {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
