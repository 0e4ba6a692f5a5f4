import { workerData } from "node:worker_threads";
import { writeSlices } from "./slices";
import type { Batch } from "./threads";
import { disableTokenTraces } from "./token-traces";

const { slices, projectDirectory, outdir } = workerData as Batch;
disableTokenTraces();
writeSlices(slices, projectDirectory, outdir);
