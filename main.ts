import { ConfigError, loadConfiguration, settingsFrom } from "./config";
import { synthesize } from "./synthesis/synthesize";

// Environment files in, Terraform JSON out; the stacks and what flows between them are in app.ts.
try {
  const settings = settingsFrom(process.env, __dirname);
  const { environments, warnings } = loadConfiguration(settings);
  for (const warning of warnings) console.error(`Warning: ${warning}`);
  synthesize(environments, settings);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
