import { spawnSync } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { ConfigError, loadConfiguration, type Settings } from "../config";
import { parseFault } from "./faults";
import type { Rehearsal } from "./rehearsal";
import { formatReport } from "./report";
import { rehearse } from "./rehearse";
import { terraformBinary } from "./terraform";

const HELP = `Deploys, checks and destroys environments with the real Terraform binary, offline.

npm run rehearse -- [options]
  --environment <name|file>  which one, also several times; default: all of environments/
  --cluster <key>            only these clusters, with the stacks that they need; also several times; default: all
  --at <date>                as if it were then, from 2020 on: 2026-01-31 or 2026-01-31T12:00:00Z; default: now
  --fault <fault>            kind[:type[:operation[:times]]], kind one of 429, 500, timeout, cut, kill; also several times
  --cdktf                    by "cdktf deploy '*'" and "cdktf destroy '*'"
  --keep                     no destroy, and the folder with states and log stays
  --json                     one report an environment, as a JSON list
`;

const OPTIONS = {
  environment: { type: "string", multiple: true },
  cluster: { type: "string", multiple: true },
  at: { type: "string" },
  fault: { type: "string", multiple: true, default: [] as string[] },
  cdktf: { type: "boolean", default: false },
  keep: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

class UsageError extends Error {}

async function main(): Promise<boolean> {
  const { values } = parse(process.argv.slice(2));
  if (values.help) {
    console.log(HELP);
    return true;
  }
  const now = values.at === undefined ? new Date() : parseDate(values.at);
  const faults = values.fault.map(usable(parseFault));
  const projectDirectory = path.dirname(__dirname);
  const { environment: environments, cluster: clusters } = values;
  const settings: Settings = {
    projectDirectory,
    outputDirectory: "",
    tokenTraces: false,
    ...(environments && { environments }),
    ...(clusters && { clusters }),
  };
  const { environments: chosen, files, warnings } = loadConfiguration(settings);
  for (const warning of warnings) console.error(`Warning: ${warning}`);
  assertBinary();

  let current: Rehearsal | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      current?.close();
      process.exit(130);
    });
  }
  const reports = [];
  for (const [index, environment] of chosen.entries()) {
    const report = await rehearse({
      ...{ environment, projectDirectory, now, faults, file: files[index] ?? "" },
      ...{ cdktf: values.cdktf, keep: values.keep, renderer: values.json ? "silent" : "default" },
      onStart: (rehearsal) => {
        current = rehearsal;
      },
    });
    if (!values.json) console.log(`\n${formatReport(report)}\n`);
    reports.push(report);
  }
  if (values.json) console.log(JSON.stringify(reports, null, 2));
  return reports.every(({ passed }) => passed);
}

function parse(args: string[]) {
  return usable(() => parseArgs({ args, options: OPTIONS, strict: true }))();
}

/** What the user typed is at fault for what `read` throws. */
function usable<Arguments extends unknown[], Result>(read: (...args: Arguments) => Result) {
  return (...args: Arguments): Result => {
    try {
      return read(...args);
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  };
}

function parseDate(text: string): Date {
  const date = new Date(text);
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/.test(text) && !Number.isNaN(date.getTime());
  if (isDate && date.getUTCFullYear() >= 2020) return date;
  throw new UsageError(`--at must be a date from 2020 on, such as 2026-01-31 or 2026-01-31T12:00:00Z, got: "${text}"`);
}

function assertBinary(): void {
  const binary = terraformBinary();
  if (spawnSync(binary, ["version"]).error === undefined) return;
  throw new UsageError(
    `${binary} is not on the PATH: install Terraform 1.5 or later (https://developer.hashicorp.com/terraform/install), ` +
      "or name another binary, such as tofu, in TERRAFORM_BINARY_NAME",
  );
}

main().then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error: unknown) => {
    if (!(error instanceof ConfigError || error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  },
);
