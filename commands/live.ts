import type { Command } from "commander";
import { loadConfiguration, type Environment } from "../config";
import { Findings } from "../live/check";
import { Live } from "../live/live";
import { formatLiveReport, liveReport } from "../live/report";
import { parseRoute, routesOf } from "../live/routes";
import { collectedBy, isInteractive, settingsOf, warn, withSelection, type Selection } from "./command-line";
import { Progress } from "./progress";

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
  const reports = await eachEnvironment(options, async (environment, live, progress) => {
    const findings = new Findings((result) => progress?.add(result));
    await look(environment, live, findings);
    return liveReport(environment.name, findings.results);
  });
  console.log(options.json ? JSON.stringify(reports, null, 2) : reports.map(formatLiveReport).join("\n\n"));
  if (!reports.every(({ passed }) => passed)) process.exitCode = 1;
}

/** @returns What `look` says of each environment, in the order of the files. While it looks, a person is told how far it is. */
export async function eachEnvironment<T>(
  options: LiveOptions,
  look: (environment: Environment, live: Live, progress: Progress | undefined) => Promise<T>,
): Promise<T[]> {
  const { environments, warnings } = loadConfiguration(settingsOf(options));
  if (!options.json) warn(warnings);
  const progress = isInteractive(process.stderr) ? new Progress(process.stderr) : undefined;
  const all: T[] = [];
  try {
    for (const environment of environments) {
      progress?.begin(environment.name);
      const live = new Live(environment.azure, { routes: routesOf(options.resolve ?? []), variables: process.env });
      try {
        all.push(await look(environment, live, progress));
      } finally {
        live.close();
      }
    }
  } finally {
    progress?.clear();
  }
  return all;
}
