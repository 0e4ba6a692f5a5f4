import { spawnSync } from "node:child_process";
import { loadConfiguration } from "../config";
import { UserError } from "../config/user-error";
import { type FaultRequest, formatReport, parseFault, type Rehearsal, rehearse } from "../rehearsal";
import { terraformBinary } from "../terraform/terraform";
import {
  collectedBy,
  command,
  isInteractive,
  parsedBy,
  run,
  settingsOf,
  warn,
  withSelection,
  type Selection,
} from "./command-line";

interface Options extends Selection {
  readonly at?: Date;
  readonly fault?: readonly FaultRequest[];
  readonly cdktf?: true;
  readonly keep?: true;
  readonly json?: true;
}

const program = withSelection(command("rehearse"))
  .option(
    "--at <date>",
    "as if it were then, from 2020 on: 2026-01-31 or 2026-01-31T12:00:00Z; default: now",
    parsedBy(parseDate),
  )
  .option(
    "--fault <fault>",
    "kind[:type[:operation[:times]]], kind one of 429, 500, timeout, cut, kill; or away; also several times",
    collectedBy(parseFault),
  )
  .option("--cdktf", "by \"cdktf deploy '*'\" and \"cdktf destroy '*'\"")
  .option("--keep", "no destroy, and the folder with states and log stays")
  .option("--json", "one report an environment, as a JSON list")
  .action(rehearseAll);

async function rehearseAll({ at: now = new Date(), fault: faults = [], ...options }: Options): Promise<void> {
  // States and plans hold passwords.
  process.umask(0o077);
  const settings = settingsOf(options);
  const { projectDirectory, outputDirectory: output } = settings;
  const { environments, files, warnings } = loadConfiguration(settings);
  warn(warnings);
  assertBinary();

  let current: Rehearsal | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      current?.close();
      process.exit(130);
    });
  }
  const reports = [];
  for (const [index, environment] of environments.entries()) {
    const report = await rehearse({
      ...{ environment, projectDirectory, output, now, faults, file: files[index] ?? "" },
      ...{ cdktf: options.cdktf === true, keep: options.keep === true },
      renderer: !options.json && isInteractive(process.stdout) ? "default" : "silent",
      onStart: (rehearsal) => {
        current = rehearsal;
      },
    });
    if (!options.json) console.log(`${formatReport(report)}\n`);
    reports.push(report);
  }
  if (options.json) console.log(JSON.stringify(reports, null, 2));
  if (!reports.every(({ passed }) => passed)) process.exitCode = 1;
}

function parseDate(text: string): Date {
  const date = new Date(text);
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/.test(text) && !Number.isNaN(date.getTime());
  if (isDate && date.getUTCFullYear() >= 2020) return date;
  throw new Error(`It must be a date from 2020 on, such as 2026-01-31 or 2026-01-31T12:00:00Z, got: "${text}"`);
}

function assertBinary(): void {
  const binary = terraformBinary();
  // Or it would ask a name server whether there is a newer one.
  const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
  if (spawnSync(binary, ["version"], { env }).error === undefined) return;
  throw new UserError(
    `${binary} is not on the PATH: install Terraform 1.5 or later (https://developer.hashicorp.com/terraform/install), ` +
      "or name another binary, such as tofu, in TERRAFORM_BINARY_NAME",
  );
}

void run(program);
