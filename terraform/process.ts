import type { SpawnOptions } from "node:child_process";
import spawn from "cross-spawn";

/** How a process ended. */
export interface Finished {
  /** 1 where a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they came. */
  readonly output: string;
}

export interface ProcessOptions extends Pick<SpawnOptions, "cwd" | "detached"> {
  /** Environment variables. @default - those of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the process when it is aborted. @default - it runs to its end */
  readonly signal?: AbortSignal;
  /** What it is ended with. @default SIGTERM */
  readonly killSignal?: NodeJS.Signals;
  /** Gets what it says, as it comes. @default - nobody waits */
  readonly onText?: (text: string) => void;
  /** Gets the id of the process as soon as there is one. */
  readonly onStart?: (pid: number) => void;
}

/**
 * Runs a program to its end, without a shell and without input. A failing program is a result, not an exception.
 *
 * @throws {Error} Where it cannot be started, with the system's words.
 */
export function runProcess(program: string, args: readonly string[], options: ProcessOptions = {}): Promise<Finished> {
  const { signal, killSignal = "SIGTERM", onStart, onText, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { ...spawnOptions, stdio: ["ignore", "pipe", "pipe"] });
    if (child.pid !== undefined) onStart?.(child.pid);
    const stop = () => child.kill(killSignal);
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    const texts = { stdout: "", stderr: "", output: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => {
        texts[name] += text;
        texts.output += text;
        onText?.(text);
      });
    }
    child.on("error", reject);
    child.on("close", (code, killedBy) => {
      signal?.removeEventListener("abort", stop);
      const end = killedBy ? `ended by ${killedBy}\n` : "";
      resolve({ ...texts, code: code ?? 1, stderr: texts.stderr + end, output: texts.output + end });
    });
  });
}
