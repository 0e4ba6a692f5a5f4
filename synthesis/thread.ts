import { workerData } from "node:worker_threads";
import { writeClusters } from "./clusters";
import type { Batch } from "./threads";
import { disableTokenTraces } from "./token-traces";

const { given, outdir } = workerData as Batch;
disableTokenTraces();
writeClusters(given, outdir);
