import type { Command } from "commander";
import { loadConfiguration, type Environment } from "../config";
import { Findings } from "../live/check";
import { Live } from "../live/live";
import { formatLiveReport, liveReport } from "../live/report";
import { parseRoute, routesOf } from "../live/routes";
import { collectedBy, isInteractive, settingsOf, warn, withSelection, type Selection } from "./command-line";

/** Choices of all commands that look at what is. */
export interface LiveOptions extends Selection {
  readonly resolve?: readonly ReturnType<typeof parseRoute>[];
  readonly json?: true;
}

export function withLiveOptions(to: Command): Command {
  return withSelection(to)
    .option(
      "--resolve <host:address[:port]>",
      "ask a host at this address, also several times: as a node behind a private endpoint would",
      collectedBy(parseRoute),
    )
    .option("--json", "one report an environment, as a JSON list");
}

/** Looks at each environment, and says what was found; findings are exit code 1. */
export async function reportLive(
  options: LiveOptions,
  look: (environment: Environment, live: Live, findings: Findings) => Promise<void>,
): Promise<void> {
  const reports = await eachEnvironment(options, async (environment, live) => {
    const findings = new Findings(isInteractive(process.stderr) ? countUp() : undefined);
    await look(environment, live, findings);
    return liveReport(environment.name, findings.results);
  });
  if (isInteractive(process.stderr)) process.stderr.write("\r\u001b[K");
  console.log(options.json ? JSON.stringify(reports, null, 2) : reports.map(formatLiveReport).join("\n\n"));
  if (!reports.every(({ passed }) => passed)) process.exitCode = 1;
}

/** @returns What `look` says of each environment, in the order of the files. */
export async function eachEnvironment<T>(
  options: LiveOptions,
  look: (environment: Environment, live: Live) => Promise<T>,
): Promise<T[]> {
  const { environments, warnings } = loadConfiguration(settingsOf(options));
  if (!options.json) warn(warnings);
  const all: T[] = [];
  for (const environment of environments) {
    const live = new Live(environment.azure, { routes: routesOf(options.resolve ?? []), variables: process.env });
    try {
      all.push(await look(environment, live));
    } finally {
      live.close();
    }
  }
  return all;
}

/** One line that counts what has been looked at. */
function countUp(): () => void {
  let count = 0;
  return () => process.stderr.write(`\r\u001b[K${++count} checked`);
}
