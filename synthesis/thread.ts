import { workerData } from "node:worker_threads";
import { synthesizeParts } from "./parts";
import type { Batch } from "./threads";
import { disableTokenTraces } from "./token-traces";

const { parts, projectDirectory, outdir } = workerData as Batch;
disableTokenTraces();
synthesizeParts(parts, projectDirectory, outdir);
