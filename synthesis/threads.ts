import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Settings } from "../config";
import { batchesOf } from "./batches";
import { readEntries, type StackEntries } from "./manifest";
import type { ClusterUnit } from "./units";

/**
 * Most clusters and workloads in a batch. cdktf remembers every token, and only the end of a thread frees them, so that memory
 * asks for small batches. Each new thread has to compile again what runs often, so that time asks for large ones.
 */
const MOST_WEIGHT = 600;
/** Each takes about 100 MB. */
const MOST_THREADS = 4;
/** In MB, far above what a batch needs: where V8 knows a limit, it collects garbage sooner. */
const HEAP_LIMIT = 1024;

/** What a thread gets. */
export interface Batch {
  /** Of the units of clusters. */
  readonly given: readonly string[];
  /** Folder of its own. */
  readonly outdir: string;
}

/**
 * Writes the stacks of clusters to `outdir`, batch after batch, by as many threads as there are processors. Each thread runs
 * thread.ts.
 * @returns What cdktf's manifest says of them.
 * @throws What the first thread that failed has thrown, when all have ended.
 */
export async function writeClustersInThreads(
  units: readonly ClusterUnit[],
  { projectDirectory }: Settings,
  outdir: string,
  signal?: AbortSignal,
): Promise<StackEntries> {
  const threads = Math.min(os.availableParallelism(), MOST_THREADS);
  const batches = batchesOf(units, MOST_WEIGHT).map((batch, index): Batch => ({
    given: batch.map(({ given }) => given),
    outdir: path.join(outdir, `batch-${index}`),
  }));
  const queue = [...batches];
  const work = async () => {
    for (let batch = queue.shift(); batch; batch = queue.shift()) await run(batch, projectDirectory, signal);
  };
  const ends = await Promise.allSettled(
    Array.from({ length: threads }, () =>
      work().catch((error: unknown) => {
        queue.length = 0;
        throw error;
      }),
    ),
  );
  signal?.throwIfAborted();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return merge(batches, outdir);
}

function run(batch: Batch, projectDirectory: string, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  fs.mkdirSync(batch.outdir);
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(projectDirectory, "tools/run.cjs"), {
      argv: [path.join(projectDirectory, "synthesis/thread.ts")],
      workerData: batch,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT },
    });
    const stop = () => void worker.terminate();
    signal?.addEventListener("abort", stop, { once: true });
    worker.on("error", reject).on("exit", () => {
      signal?.removeEventListener("abort", stop);
      resolve();
    });
  });
}

/** Moves the stacks of the batches to one folder. */
function merge(batches: readonly Batch[], outdir: string): StackEntries {
  const entries = batches.map((batch) => {
    const stacks = readEntries(batch.outdir);
    for (const { workingDirectory } of Object.values(stacks)) {
      fs.renameSync(path.join(batch.outdir, workingDirectory), path.join(outdir, workingDirectory));
    }
    fs.rmSync(batch.outdir, { recursive: true });
    return stacks;
  });
  return Object.assign({}, ...entries) as StackEntries;
}
