import type { Command } from "commander";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { UserError } from "../config/user-error";
import { Installations } from "../runs/installations";
import { Interruption } from "../runs/interruption";
import { PrivateFolder } from "../runs/private-folder";
import { PushCredentials } from "../runs/push-credentials";
import { runMarkdown } from "../runs/markdown";
import { publishSummary } from "../runs/publish-summary";
import { BlockReporter, EventReporter, summaryLines } from "../runs/reporter";
import {
  doneBefore,
  hasFailed,
  runReport,
  stackReport,
  writeReport,
  type RunReport,
  type StackReport,
} from "../runs/run-report";
import { runStacks, type RunStacksOptions, type StackResult } from "../runs/run-stacks";
import type { RunnableStack } from "../runs/stack-run";
import { runProcess } from "../terraform/process";
import { numberFrom, parsedBy, projectDirectory, settingsOf, warn } from "./command-line";
import { withStackChoices, type StackChoices } from "./stack-selection";

/** Choices of all commands that run Terraform. */
export interface RunOptions extends StackChoices {
  readonly parallel: number;
  readonly retries: number;
  readonly out?: string;
  readonly resume?: true;
  readonly json?: true;
}

/** @param out What the folder of `--out` is for. */
export function withRunOptions(
  to: Command,
  out = "for a report of the run, which acr-pull summary puts together with those of other jobs; default: none",
): Command {
  return withStackChoices(to)
    .option("--parallel <n>", "stacks that run at once, 1 to 64", parsedBy(numberFrom(1, 64)), 6)
    .option(
      "--retries <n>",
      "new tries after an answer that says so (429 for one), 0 to 10",
      parsedBy(numberFrom(0, 10)),
      2,
    )
    .option("--out <folder>", out)
    .option("--json", "an event a line on the standard output");
}

/** Adds `--resume`, for what an interrupted run can go on with. */
export function withResume(to: Command): Command {
  return to.option(
    "--resume",
    "only what the last run with this --out has failed in or not begun, and stacks that are others since",
  );
}

/** What a command has to say of its run, beside the choices. */
export interface Run extends Pick<RunStacksOptions, "waves" | "before" | "work"> {
  /** Whether passwords that were just given are tried before pods need them. @default false */
  readonly triesPasswords?: boolean;
  /** Name of the command. */
  readonly command: string;
}

/**
 * Runs stacks, and says what they said and how it went. The exit code is 1 where one failed or was not begun.
 * Whoever reads the output may go away: nothing new begins then, what runs is ended as by a signal.
 */
export async function runAndReport(options: RunOptions, run: Run): Promise<readonly StackResult[]> {
  const done = options.resume ? doneAlready(options, run) : [];
  const isDone = new Set(done.map(({ stack }) => stack));
  const waves = run.waves.map((wave) => wave.filter(({ name }) => !isDone.has(name)));
  const interruption = new Interruption();
  const folder = new PrivateFolder();
  const start = performance.now();
  const reader = { isGone: false };
  const write = writerTo(process.stdout, () => {
    reader.isGone = true;
    interruption.interrupt("SIGTERM");
  });
  const { outputDirectory } = settingsOf({});
  try {
    const results = await runStacks({
      ...run,
      waves,
      ...{ parallel: options.parallel, retries: options.retries },
      reporter: options.json ? new EventReporter(write) : new BlockReporter(write),
      ...(process.env.ACR_PULL_PAUSE_MS !== undefined && { pauseMs: Number(process.env.ACR_PULL_PAUSE_MS) }),
      context: {
        projectDirectory: path.dirname(outputDirectory),
        outputDirectory,
        privateFolder: folder.path,
        interruption,
        credentials: new PushCredentials(process.env, write),
        installations: new Installations(process.env),
        variables: process.env,
      },
      ...(run.triesPasswords && {
        assertWave: (wave: readonly RunnableStack[]) => triedPasswords(wave, options, write),
      }),
    });
    const seconds = (performance.now() - start) / 1000;
    if (options.json) write(JSON.stringify({ type: "summary", seconds, stacks: results.map(stackReport) }));
    else for (const line of summaryLines(results, seconds)) process.stderr.write(`${line}\n`);
    const report = runReport(run.command, results, options.shard, done);
    await publish(report, options, write);
    if (hasFailed(report)) process.exitCode = 1;
    // As shells say it.
    if (interruption.signal && !reader.isGone) process.exitCode = 128 + os.constants.signals[interruption.signal];
    return results;
  } finally {
    interruption.close();
    folder.close();
  }
}

/** @throws {UserError} Where no folder is given, or it has no report. */
function doneAlready({ out, shard }: RunOptions, { command, waves }: Run): StackReport[] {
  if (out === undefined) throw new UserError("--resume goes on with what --out has written: name that folder");
  return doneBefore(out, command, waves.flat(), shard);
}

/** Shows people how it went, in files and where their CI system has a place for it. */
async function publish(report: RunReport, { out, json }: RunOptions, write: (text: string) => void): Promise<void> {
  const text = runMarkdown([report]);
  if (out !== undefined) writeReport(out, report);
  // Azure DevOps reads the file when this process may have ended.
  const folder = out ?? process.env.AGENT_TEMPDIRECTORY;
  const name = [report.command, ...(report.shard === undefined ? [] : [report.shard])].join(" ");
  const say = json ? (line: string) => process.stderr.write(`${line}\n`) : write;
  const problem = await publishSummary({ text, folder, name, variables: process.env, say });
  if (problem !== undefined) warn([problem]);
}

/** Synchronous, so that what was said is out whatever happens next. */
function writerTo(stream: { readonly fd: number }, onGone: () => void): (text: string) => void {
  let isGone = false;
  return (text) => {
    if (isGone) return;
    let rest = Buffer.from(`${text}\n`);
    while (rest.length > 0) {
      try {
        rest = rest.subarray(fs.writeSync(stream.fd, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EAGAIN") continue;
        isGone = true;
        process.exitCode = 1;
        onGone();
        return;
      }
    }
  };
}

/** Before workloads: whether the registry lets in whoever has the passwords that identity stacks have just given. */
async function triedPasswords(
  wave: readonly RunnableStack[],
  { environment = [], cluster = [] }: RunOptions,
  write: (text: string) => void,
): Promise<string | undefined> {
  if (process.env.CHECK_PULLS === "no" || !wave.some(({ kind }) => kind === "workload")) return undefined;
  const program = path.join(projectDirectory(), "tools/acr-pull.cjs");
  const clusters = cluster.length > 0 ? cluster : [...new Set(wave.flatMap((stack) => stack.cluster ?? []))];
  const choices = [
    ...environment.flatMap((name) => ["--environment", name]),
    ...clusters.flatMap((key) => ["--cluster", key]),
  ];
  const { code, output } = await runProcess(process.execPath, [
    program,
    "verify",
    "--issued",
    "--wait",
    "300",
    ...choices,
  ]);
  if (code === 0) return undefined;
  write(output.trimEnd());
  return "the registry refuses what it would pull with";
}
