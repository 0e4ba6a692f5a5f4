import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** One command to measure. */
export interface Candidate {
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Done before each run, not measured. @default - nothing */
  readonly prepare?: () => void;
}

export interface Measurement {
  readonly name: string;
  /** Median, and the smallest and largest of all runs. */
  readonly seconds: { readonly median: number; readonly min: number; readonly max: number };
  /** Median of the peak resident memory. */
  readonly megabytes: number;
}

/**
 * Runs the candidates in turn, round after round, so that whatever else the machine does meets all of them alike.
 * @param rounds Odd, so that the median is a run.
 * @throws {Error} Where a command fails.
 */
export function measure(candidates: readonly Candidate[], rounds: number): Measurement[] {
  const runs = new Map(candidates.map(({ name }) => [name, [] as { seconds: number; megabytes: number }[]]));
  for (let round = 0; round < rounds; round++) {
    for (const candidate of candidates) runs.get(candidate.name)?.push(runOnce(candidate));
  }
  return [...runs].map(([name, all]) => {
    const seconds = all.map((run) => run.seconds).sort((a, b) => a - b);
    return {
      name,
      seconds: { median: middle(seconds), min: seconds[0] ?? NaN, max: seconds.at(-1) ?? NaN },
      megabytes: middle(all.map((run) => run.megabytes).sort((a, b) => a - b)),
    };
  });
}

function runOnce({ name, args, env = {}, prepare }: Candidate): { seconds: number; megabytes: number } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
  const usage = path.join(folder, "usage");
  const preload = `--require=${path.resolve("bench/usage.cjs")}`;
  try {
    prepare?.();
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, {
      env: {
        ...process.env,
        CHECKPOINT_DISABLE: "1",
        CDKTF_OUTDIR: `${folder}/out`,
        ...env,
        USAGE_FILE: usage,
        NODE_OPTIONS: preload,
      },
      encoding: "utf8",
    });
    const seconds = (performance.now() - start) / 1000;
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    return { seconds, megabytes: Number(fs.readFileSync(usage, "utf8")) / 1024 };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
