import { runProcess, type Finished } from "../terraform/process";

/** Lines of a failed command's output that are worth showing. */
const LAST_LINES = 10;

/** A docker command that failed. The message holds the last lines of its output. */
export class DockerFailure extends Error {}

export interface DockerOptions {
  /** Folder of the config.json with the credentials. @default - the user's own */
  readonly config?: string;
  /** Environment variables. @default - those of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the command when it is aborted. @default - it runs to its end */
  readonly signal?: AbortSignal;
  /** Return stderr as well. @default false */
  readonly withErrors?: boolean;
}

/**
 * Runs one docker command to its end, in a process group of its own: Ctrl-C is for us to hear, not for it.
 *
 * @returns What it wrote, trimmed.
 * @throws {DockerFailure} Where it fails, or there is no docker.
 */
export async function docker(args: readonly string[], options: DockerOptions = {}): Promise<string> {
  const { config, withErrors = false, ...others } = options;
  const [command = ""] = args;
  const all = config === undefined ? args : ["--config", config, ...args];
  let finished: Finished;
  try {
    finished = await runProcess("docker", all, { ...others, detached: true });
  } catch (error) {
    throw new DockerFailure(`cannot run docker ${command}: ${(error as Error).message}`);
  }
  const { code, stdout, output } = finished;
  if (code !== 0) throw new DockerFailure(`docker ${command} failed: ${lastLines(output)}`);
  return (withErrors ? output : stdout).trim();
}

/** The last lines of some output that are not empty. */
export function lastLines(output: string, count = LAST_LINES): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n") || "it said nothing";
}
