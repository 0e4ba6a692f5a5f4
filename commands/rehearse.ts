import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../config";
import { UserError } from "../config/user-error";
import {
  cloudsOfRun,
  describeFault,
  type FaultRequest,
  formatReport,
  inOrderOfProvisions,
  parseFault,
  Run,
} from "../rehearsal";
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
import { parseDate } from "./dates";

interface Options extends Selection {
  readonly at?: Date;
  readonly fault?: readonly FaultRequest[];
  readonly cdktf?: true;
  readonly keep?: true;
  readonly json?: true;
  readonly report?: string;
}

const program = withSelection(command("rehearse"))
  .option(
    "--at <date>",
    "as if it were then, from 2020 on: 2026-01-31 or 2026-01-31T12:00:00Z; default: now",
    parsedBy(parseDate),
  )
  .option(
    "--fault <fault>",
    "kind[:type[:operation[:times]]], kind one of 429, 500, timeout, cut, kill, lost; or away; also several times",
    collectedBy(parseFault),
  )
  .option("--cdktf", "by \"cdktf deploy '*'\" and \"cdktf destroy '*'\"")
  .option("--keep", "no destroy, and the folder with states and log stays")
  .option("--report <file>", "also write a page: what was deployed, who pulled, what failed and why, how long it took")
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
  // Before the minutes that it takes, not after them.
  if (options.report !== undefined) fs.accessSync(path.dirname(path.resolve(options.report)), fs.constants.W_OK);

  const runs = new Map<string, Run>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      for (const { rehearsal } of runs.values()) rehearsal.close();
      process.exit(130);
    });
  }
  const homeOf = cloudsOfRun(environments, now);
  const ordered = inOrderOfProvisions(environments);
  try {
    for (const environment of ordered) {
      const run = new Run({
        ...{ environment, projectDirectory, output, now, faults, shared: homeOf(environment) },
        file: files[environments.indexOf(environment)] ?? "",
        ...{ cdktf: options.cdktf === true, keep: options.keep === true },
        renderer: !options.json && isInteractive(process.stdout) ? "default" : "silent",
      });
      runs.set(environment.name, run);
      await run.deploy();
    }
    // What one makes, others may use: it goes last.
    for (const { name } of ordered.toReversed()) await runs.get(name)?.destroy();
  } catch (error) {
    for (const { rehearsal } of runs.values()) rehearsal.close();
    throw error;
  }
  const reports = environments.flatMap(({ name }) => runs.get(name)?.report() ?? []);
  if (options.json) console.log(JSON.stringify(reports, null, 2));
  else for (const report of reports) console.log(`${formatReport(report)}\n`);
  if (options.report !== undefined) {
    // Only who asks for a page loads what draws it.
    const { reportPage } = await import("../pictures/report/page.js");
    const records = environments.flatMap(({ name }) => runs.get(name)?.record() ?? []);
    fs.writeFileSync(options.report, await reportPage(records));
  }
  const idle = idleFaults([...runs.values()], faults);
  for (const line of idle) console.error(line);
  if (idle.length > 0 || !reports.every(({ passed }) => passed)) process.exitCode = 1;
}

/** A line for each fault that struck nothing in any environment: whoever asks for it means to see something fail. */
function idleFaults(runs: readonly Run[], faults: readonly FaultRequest[]): string[] {
  const all = runs.map(({ rehearsal }) => rehearsal.faults);
  const seen = all.flatMap((own) => own.seen.map(({ kind, type }) => `${type}:${kind}`));
  const operations = [...new Set(seen)].toSorted().join(", ");
  return faults
    .filter((fault) => fault.kind !== "away" && all.every(({ idle }) => idle.includes(fault)))
    .map((fault) => `--fault ${describeFault(fault)} struck nothing; these operations there were: ${operations}`);
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
