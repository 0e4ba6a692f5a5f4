import fs from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import type { Shard } from "../config/shard";
import type { StackResult } from "./run-stacks";

/** How it went in a stack, as it can be written. */
export type StackReport = Omit<StackResult, "stack"> & {
  /** Its name. */
  readonly stack: string;
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
  return { stack: stack.name, ...result };
}

/** @param shard The part of the fleet. @default - it was no part */
export function runReport(command: string, results: readonly StackResult[], shard?: Shard): RunReport {
  return { command, ...(shard && { shard: `${shard.index}/${shard.count}` }), stacks: results.map(stackReport) };
}

/** Writes a report into a folder, where those of other jobs may lie as well. */
export function writeReport(folder: string, report: RunReport): void {
  const part = report.shard === undefined ? "" : `-${report.shard.replace("/", "-of-")}`;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${report.command}${part}.json`), `${JSON.stringify(report, null, 2)}\n`);
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
  return stacks.some(({ outcome }) => outcome === "failed" || outcome === "not begun");
}
