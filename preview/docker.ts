import { spawn } from "node:child_process";

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
export function docker(args: readonly string[], options: DockerOptions = {}): Promise<string> {
  const { config, env, signal, withErrors = false } = options;
  const [command = ""] = args;
  const all = config === undefined ? args : ["--config", config, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn("docker", all, {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...(env && { env }),
      ...(signal && { signal }),
    });
    let stdout = "";
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.on("error", ({ message }) => {
      reject(new DockerFailure(`cannot run docker ${command}: ${message}`));
    });
    child.on("close", (code) => {
      if (code === 0) resolve((withErrors ? output : stdout).trim());
      else reject(new DockerFailure(`docker ${command} failed: ${lastLines(output)}`));
    });
  });
}

/** The last lines of some output that are not empty. */
export function lastLines(output: string, count = LAST_LINES): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n") || "it said nothing";
}
