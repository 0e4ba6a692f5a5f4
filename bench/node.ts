import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { watchMemory } from "./memory";

export interface NodeRun {
  /** From start to end of the process. */
  readonly seconds: number;
  /** Peak memory of the process and its descendants. */
  readonly megabytes: number;
  readonly stdout: string;
}

/**
 * Runs Node, with a new and empty output folder for synthesis.
 *
 * @param args Of Node.
 * @param env Further environment variables.
 * @throws {Error} Where the command fails, with its stderr.
 */
export async function runNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<NodeRun> {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
  try {
    const start = performance.now();
    const child = spawn(process.execPath, args, {
      env: { ...process.env, CHECKPOINT_DISABLE: "1", CDKTF_OUTDIR: outdir, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const memory = watchMemory(child.pid ?? 0);
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (output[name] += text));
    }
    const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
    const seconds = (performance.now() - start) / 1000;
    const megabytes = memory();
    if (code !== 0) throw new Error(`node ${args.join(" ")} ended with ${code ?? "a signal"}: ${output.stderr}`);
    return { seconds, megabytes, stdout: output.stdout };
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}
