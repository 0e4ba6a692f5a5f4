import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { Manifest, type IManifest } from "cdktf";
import type { Environment, Settings } from "../config";
import { MANIFEST } from "./manifest";
import { batchesOf, type Slice } from "./slices";

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
  readonly slices: readonly Slice[];
  readonly projectDirectory: string;
  readonly outdir: string;
}

/**
 * Synthesizes to `outdir`, batch after batch, by as many threads as there are processors. Each thread runs thread.ts.
 * @throws What the first thread that failed has thrown, when all have ended.
 */
export async function synthesizeInThreads(
  environments: readonly Environment[],
  { projectDirectory }: Settings,
  outdir: string,
  signal?: AbortSignal,
): Promise<void> {
  const threads = Math.min(os.availableParallelism(), MOST_THREADS);
  const batches = batchesOf(environments, MOST_WEIGHT).map((slices, index): Batch => ({
    slices,
    projectDirectory,
    outdir: path.join(outdir, `batch-${index}`),
  }));
  const queue = [...batches];
  const work = async () => {
    for (let batch = queue.shift(); batch; batch = queue.shift()) await run(batch, signal);
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
  merge(batches, outdir);
}

function run(batch: Batch, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  fs.mkdirSync(batch.outdir);
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(batch.projectDirectory, "tools/run.cjs"), {
      argv: [path.join(batch.projectDirectory, "synthesis/thread.ts")],
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

/** Makes one output folder of those of the batches. */
function merge(batches: readonly Batch[], outdir: string): void {
  const manifests = batches.map(
    (batch) => JSON.parse(fs.readFileSync(path.join(batch.outdir, MANIFEST), "utf8")) as IManifest,
  );
  const whole = new Manifest(manifests[0]?.version ?? "", outdir, false);
  for (const [index, { stacks }] of manifests.entries()) {
    Object.assign(whole.stacks, stacks);
    const folder = batches[index]?.outdir ?? "";
    for (const { workingDirectory } of Object.values(stacks)) {
      fs.renameSync(path.join(folder, workingDirectory), path.join(outdir, workingDirectory));
    }
    fs.rmSync(folder, { recursive: true });
  }
  whole.writeToFile();
}
