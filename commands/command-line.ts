import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { settingsFrom, type Settings } from "../config";
import commands from "./commands.json";
import { UserError } from "../config/user-error";

/** What the exit code of every command means. */
const EXIT = {
  /** Something is wrong with what the user gave, or was found. */
  finding: 1,
  /** The command line itself is wrong. */
  misuse: 2,
  /** We are wrong: EX_SOFTWARE of sysexits.h. */
  fault: 70,
} as const;

/** Choices that every command takes in the same way. */
export interface Selection {
  readonly environment?: readonly string[];
  readonly cluster?: readonly string[];
}

/** A command of `acr-pull`, without options of its own yet. */
export function command(name: keyof typeof commands): Command {
  return new Command(`acr-pull ${name}`).description(commands[name]).allowExcessArguments(false).helpCommand(false);
}

/** Adds `--environment` and `--cluster`. */
export function withSelection(to: Command): Command {
  return to
    .option(
      "--environment <name|file>",
      "which one, also several times or with commas; default: $ENVIRONMENTS, or else all of environments/",
      collectNames,
    )
    .option(
      "--cluster <key>",
      "only these clusters, with the stacks that they need; also several times; default: $CLUSTERS, or else all",
      collectNames,
    );
}

/** The surroundings, with what the command line says over what environment variables say. */
export function settingsOf({ environment, cluster }: Selection): Settings {
  return {
    ...settingsFrom(process.env, projectDirectory()),
    ...(environment && { environments: environment }),
    ...(cluster && { clusters: cluster }),
  };
}

/** Folder of cdktf.json, above the program that runs. */
export function projectDirectory(): string {
  let folder = __dirname;
  while (!fs.existsSync(path.join(folder, "cdktf.json"))) folder = path.dirname(folder);
  return folder;
}

/** Whether a person looks: colour and progress are for nobody else. */
export function isInteractive(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, CI } = process.env;
  return stream.isTTY === true && !NO_COLOR && !CI;
}

/** Thrown by what a signal has ended. */
class Interrupted extends Error {
  constructor(readonly signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
  }
}

/** @returns Aborted by Ctrl-C and the like, so that what has begun can be taken back first. */
export function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      controller.abort(new Interrupted(signal));
    });
  }
  return controller.signal;
}

/** Prints warnings, one a line. */
export function warn(lines: readonly string[]): void {
  for (const line of lines) console.error(`Warning: ${line}`);
}

/** @returns The parser of an option's value, for which what `read` throws is misuse. */
export function parsedBy<Value>(read: (text: string) => Value) {
  return (text: string): Value => {
    try {
      return read(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}

/** @returns A parser of whole numbers, with these bounds. @param what Of the number, for the message. */
export function numberFrom(least: number, most: number, what = "number") {
  return (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new Error(`It must be a ${what} from ${least} to ${most}, got: "${text}"`);
  };
}

/** As `parsedBy`, of an option that may be given several times. */
export function collectedBy<Value>(read: (text: string) => Value) {
  const parse = parsedBy(read);
  return (text: string, former: readonly Value[] = []): Value[] => [...former, parse(text)];
}

/** @returns The names in a list with commas; what is empty is none. */
function namesIn(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Runs a command with the arguments of the process, and turns what it throws into a line and an exit code. */
export async function run(program: Command): Promise<void> {
  for (const each of [program, ...program.commands]) each.exitOverride();
  try {
    await program.parseAsync(process.argv.slice(2), { from: "user" });
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  // commander has printed its own words.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.misuse;
  if (error instanceof UserError) {
    console.error(error.message);
    return EXIT.finding;
  }
  // As shells say it.
  if (error instanceof Interrupted) return 128 + os.constants.signals[error.signal];
  if (error instanceof Error && "syscall" in error) {
    console.error(error.message);
    return EXIT.finding;
  }
  console.error(error);
  console.error("This is a fault of acr-pull, not of yours: please report it, with the lines above.");
  return EXIT.fault;
}

/** The parser of an option that takes names, several times or with commas. */
export function collectNames(text: string, former: readonly string[] = []): string[] {
  return [...former, ...namesIn(text)];
}
