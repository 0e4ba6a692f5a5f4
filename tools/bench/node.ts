import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runProcess } from "../../terraform/process";
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
    let memory = () => 0;
    const { code, stdout, stderr } = await runProcess(process.execPath, args, {
      env: { ...process.env, CHECKPOINT_DISABLE: "1", CDKTF_OUTDIR: outdir, ...env },
      onStart: (pid) => {
        memory = watchMemory(pid);
      },
    });
    const seconds = (performance.now() - start) / 1000;
    const megabytes = memory();
    if (code !== 0) throw new Error(`node ${args.join(" ")} failed: ${stderr}`);
    return { seconds, megabytes, stdout };
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}
