import { TerraformStack } from "cdktf";
import { buildApp } from "../app";
import type { Environment } from "../config";
import { stackName } from "../config/names";
import { withClusters } from "../config/selection";

/** An environment, or some clusters of it. */
export interface Slice {
  readonly environment: Environment;
  /** Write the stacks that all clusters share. Exactly one part of an environment does. */
  readonly shared: boolean;
}

/** How much there is to synthesize for each cluster, by its key: one for itself, and one for each workload on it. */
export function weightsOf({ clusters, workloads }: Environment): Map<string, number> {
  const weights = new Map(Object.keys(clusters).map((key) => [key, 1]));
  for (const workload of Object.values(workloads)) {
    for (const key of workload.clusters) weights.set(key, (weights.get(key) ?? 0) + 1);
  }
  return weights;
}

/** Cuts environments into batches of at most this weight, in their order. A cluster that weighs more is one by itself. */
export function batchesOf(environments: readonly Environment[], mostWeight: number): Slice[][] {
  const batches: Slice[][] = [[]];
  let room = mostWeight;
  for (const environment of environments) {
    let keys = new Set<string>();
    let added = 0;
    const add = () => {
      batches.at(-1)?.push({ environment: withClusters(environment, keys), shared: added === 0 });
      keys = new Set();
      added++;
    };
    for (const [key, weight] of weightsOf(environment)) {
      if (weight > room && room < mostWeight) {
        if (keys.size > 0) add();
        batches.push([]);
        room = mostWeight;
      }
      keys.add(key);
      room -= weight;
    }
    if (keys.size > 0 || added === 0) add();
  }
  return batches;
}

/** Writes the stacks of the slices to a folder of their own, with cdktf's manifest. */
export function writeSlices(slices: readonly Slice[], projectDirectory: string, outdir: string): void {
  const app = buildApp({ environments: slices.map(({ environment }) => environment), projectDirectory, outdir });
  for (const { environment, shared } of slices) {
    if (shared) continue;
    for (const kind of ["registry", "images"] as const) {
      const stack = app.node.tryFindChild(stackName(environment.name, kind));
      // It has to be there, since the others refer to it.
      if (TerraformStack.isStack(stack)) stack.synthesizer = { synthesize: () => undefined };
    }
  }
  app.synth();
}
