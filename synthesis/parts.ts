import { TerraformStack } from "cdktf";
import { buildApp } from "../app";
import type { Environment } from "../config";
import { stackName } from "../config/names";
import { withClusters } from "../config/selection";

/** An environment, or some clusters of it. */
export interface Part {
  readonly environment: Environment;
  /** Write the stacks that all clusters share. Exactly one part of an environment does. */
  readonly shared: boolean;
}

/** Cuts environments into batches of at most so many clusters, in their order. */
export function batchesOf(environments: readonly Environment[], clustersInBatch: number): Part[][] {
  const batches: Part[][] = [];
  let room = 0;
  for (const environment of environments) {
    const keys = Object.keys(environment.clusters);
    for (let start = 0; start === 0 || start < keys.length;) {
      if (room === 0) {
        batches.push([]);
        room = clustersInBatch;
      }
      const chosen = new Set(keys.slice(start, start + room));
      batches.at(-1)?.push({ environment: withClusters(environment, chosen), shared: start === 0 });
      room -= chosen.size;
      start += Math.max(1, chosen.size);
    }
  }
  return batches;
}

/** Writes the stacks of the parts to a folder of their own, with cdktf's manifest. */
export function synthesizeParts(parts: readonly Part[], projectDirectory: string, outdir: string): void {
  const app = buildApp({ environments: parts.map(({ environment }) => environment), projectDirectory, outdir });
  for (const { environment, shared } of parts) {
    if (shared) continue;
    for (const kind of ["registry", "images"] as const) {
      const stack = app.node.tryFindChild(stackName(environment.name, kind));
      // It has to be there, since the others refer to it.
      if (TerraformStack.isStack(stack)) stack.synthesizer = { synthesize: () => undefined };
    }
  }
  app.synth();
}
