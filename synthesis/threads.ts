import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Settings } from "../config";
import { batchesOf } from "./batches";
import { collectGarbage } from "./garbage";
import { STACKS, type StackEntries } from "./manifest";
import type { Progress } from "./progress";
import type { ClusterUnit } from "./units";

/** Most clusters and workloads in a batch: what is built of one is in memory at the same time. */
const MOST_WEIGHT = 60;
/** Each takes about 100 MB. */
const MOST_THREADS = 4;
/** In MB, far above what a batch needs: where V8 knows a limit, it collects garbage sooner. */
const LIMITS = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 };

/** What a thread gets, again and again. */
export interface Batch {
  /** Of the units of clusters. */
  readonly given: readonly string[];
  readonly outdir: string;
}

export interface ThreadOptions {
  /** Stops. @default - never */
  readonly signal?: AbortSignal | undefined;
  /** Told after each batch. @default - nobody is */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
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
  { signal, onProgress }: ThreadOptions = {},
): Promise<StackEntries> {
  collectGarbage();
  // Or two threads would make it at once.
  fs.mkdirSync(path.join(outdir, STACKS), { recursive: true });
  const queue = batchesOf(units, MOST_WEIGHT);
  const entries: StackEntries[] = [];
  const total = units.reduce((sum, { stacks }) => sum + stacks.length, 0);
  let built = 0;
  const work = async () => {
    signal?.throwIfAborted();
    const thread = new Thread(projectDirectory, signal);
    try {
      for (let batch = queue.shift(); batch; batch = queue.shift()) {
        const given = batch.map((unit) => unit.given());
        const done = await thread.write({ given, outdir });
        entries.push(done);
        built += Object.keys(done).length;
        onProgress?.({ built, total });
      }
    } catch (error) {
      queue.length = 0;
      throw error;
    } finally {
      await thread.end();
    }
  };
  const threads = Math.min(os.availableParallelism(), MOST_THREADS, queue.length);
  const ends = await Promise.allSettled(Array.from({ length: threads }, work));
  signal?.throwIfAborted();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return Object.assign({}, ...entries) as StackEntries;
}

/** One thread, that writes a batch at a time. */
class Thread {
  private readonly worker: Worker;
  private readonly stop = () => void this.worker.terminate();

  constructor(
    projectDirectory: string,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.worker = new Worker(path.join(projectDirectory, "tools/run.cjs"), {
      argv: [path.join(projectDirectory, "synthesis/thread.ts")],
      resourceLimits: LIMITS,
    });
    signal?.addEventListener("abort", this.stop, { once: true });
  }

  write(batch: Batch): Promise<StackEntries> {
    return new Promise((resolve, reject) => {
      this.worker.removeAllListeners();
      this.worker
        .once("message", resolve)
        .once("error", reject)
        .once("exit", () => {
          reject(new Error("a thread has ended before its work"));
        });
      this.worker.postMessage(batch);
    });
  }

  async end(): Promise<void> {
    this.signal?.removeEventListener("abort", this.stop);
    this.worker.removeAllListeners();
    await this.worker.terminate();
  }
}
