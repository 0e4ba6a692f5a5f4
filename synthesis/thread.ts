import { parentPort } from "node:worker_threads";
import { writeClusters } from "./clusters";
import { resolveFast } from "./fast-resolve";
import { markTokens } from "./release-tokens";
import type { Batch } from "./threads";
import { disableTokenTraces } from "./token-traces";

disableTokenTraces();
resolveFast();
const releaseTokens = markTokens();

parentPort?.on("message", ({ given, outdir }: Batch) => {
  const entries = writeClusters(given, outdir);
  // No other batch refers to anything of this one.
  releaseTokens();
  parentPort?.postMessage(entries);
});
