import { WARNING_DAYS } from "../config/secret-annotations";
import { formatMetrics, formatStatus } from "../live/status/formats";
import { statusOf, type ClusterStatus } from "../live/status/status";
import { command, parsedBy, run, settingsOf } from "./command-line";
import { eachEnvironment, withLiveOptions, type LiveOptions } from "./live";

/** Something must be done: for monitoring, beside the 1 of an input that is wrong. */
const DUE = 3;

interface Options extends LiveOptions {
  readonly prometheus?: true;
  readonly within?: number;
}

const program = withLiveOptions(command("status"))
  .option(
    "--within <days>",
    `exit code ${DUE} when something must be done in less than this, such as 14d; default: ${WARNING_DAYS}d`,
    parsedBy(parseDays),
  )
  .option("--prometheus", "metrics for the textfile collector")
  .action(async ({ within = WARNING_DAYS, prometheus, ...options }: Options) => {
    const { outputDirectory } = settingsOf(options);
    const now = new Date();
    const all = (
      await eachEnvironment(options, (environment, live) =>
        statusOf(environment, live, { outputDirectory, within, now }),
      )
    ).flat();
    if (options.json) console.log(JSON.stringify(all, null, 2));
    else console.log(prometheus ? formatMetrics(all) : formatStatus(all));
    if (all.some(({ due }) => due)) process.exitCode = DUE;
    else if (all.some(isUnknown)) process.exitCode = 1;
  });

/** Nothing tells until when a cluster may pull: neither its secrets nor the state could be read. */
function isUnknown({ applyBefore, unknown }: ClusterStatus): boolean {
  return applyBefore === undefined && unknown.length > 0;
}

function parseDays(text: string): number {
  const [, days] = /^(\d{1,4})d?$/.exec(text) ?? [];
  if (days !== undefined) return Number(days);
  throw new Error(`It must be a number of days such as 14d, got: "${text}"`);
}

void run(program);
