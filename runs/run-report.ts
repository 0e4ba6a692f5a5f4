import fs from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import { formatShard, type Shard } from "../config/shard";
import { isUnfinished, type StackResult } from "./run-stacks";
import type { RunnableStack } from "./stack-run";

/** How it went in a stack, as it can be written. */
export type StackReport = Omit<StackResult, "stack"> & {
  /** Its name. */
  readonly stack: string;
  /** Of its files. */
  readonly digest: string;
};

/** How a run of a command went. No value of an argument is in it. */
export interface RunReport {
  /** `apply`. */
  readonly command: string;
  /** `3/8`. @default - it was no part of a fleet */
  readonly shard?: string;
  readonly stacks: readonly StackReport[];
}

export function stackReport({ stack, ...result }: StackResult): StackReport {
  return { stack: stack.name, digest: stack.digest, ...result };
}

/**
 * @param shard The part of the fleet. @default - it was no part
 * @param before What an earlier run has done already. @default - nothing
 */
export function runReport(
  command: string,
  results: readonly StackResult[],
  shard?: Shard,
  before: readonly StackReport[] = [],
): RunReport {
  const stacks = [...before, ...results.map(stackReport)];
  return { command, ...(shard && { shard: formatShard(shard) }), stacks };
}

/**
 * What an earlier run of a command has done, by its report in a folder: of stacks that are still what they were.
 * @param stacks That are meant now.
 * @throws {UserError} Where the folder has no such report.
 */
export function doneBefore(
  folder: string,
  command: string,
  stacks: readonly RunnableStack[],
  shard?: Shard,
): StackReport[] {
  const file = path.join(folder, fileNameOf({ command, ...(shard && { shard: formatShard(shard) }) }));
  if (!fs.existsSync(file)) throw new UserError(`${file}: no run of ${command} has left a report there`);
  const digests = new Map(stacks.map(({ name, digest }) => [name, digest]));
  return readReport(file).stacks.filter(
    ({ stack, outcome, digest }) => !isUnfinished(outcome) && digests.get(stack) === digest,
  );
}

/** Writes a report into a folder, where those of other jobs may lie as well. */
export function writeReport(folder: string, report: RunReport): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, fileNameOf(report)), `${JSON.stringify(report, null, 2)}\n`);
}

function fileNameOf({ command, shard }: Pick<RunReport, "command" | "shard">): string {
  return `${command}${shard === undefined ? "" : `-${shard.replace("/", "-of-")}`}.json`;
}

/**
 * The reports in a folder and below, by parts. Of two with the same name the one in the later folder holds: a job that ran again.
 * @throws {UserError} Where one is not what `writeReport` writes.
 */
export function readReports(folder: string): RunReport[] {
  const byNumber = new Intl.Collator("en", { numeric: true });
  const files = fs.existsSync(folder)
    ? fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"))
    : [];
  const latest = new Map(files.sort(byNumber.compare).map((file) => [path.basename(file), path.join(folder, file)]));
  return [...latest].sort(([one], [other]) => byNumber.compare(one, other)).map(([, file]) => readReport(file));
}

function readReport(file: string): RunReport {
  try {
    const report = JSON.parse(fs.readFileSync(file, "utf8")) as Partial<RunReport>;
    if (typeof report.command === "string" && Array.isArray(report.stacks)) return report as RunReport;
  } catch {
    // Said below.
  }
  throw new UserError(`${file}: it is no report of a run`);
}

/** Whether something of it is still to do. */
export function hasFailed({ stacks }: RunReport): boolean {
  return stacks.some(({ outcome }) => isUnfinished(outcome));
}
