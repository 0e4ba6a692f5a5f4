import fs from "node:fs";
import path from "node:path";
import { listStacks } from "./manifest";
import { wavesOf } from "./waves";

/** The order in which pipelines apply stacks, in `run-order.json` of the output folder. Destroy goes the other way. */
export interface RunOrder {
  /** Names of stacks. Those of one wave may run side by side, after all earlier waves. */
  readonly waves: readonly (readonly string[])[];
  /** By name: the folder, relative to the output folder, and the stacks that come before it. */
  readonly stacks: Readonly<Record<string, { readonly directory: string; readonly dependencies: readonly string[] }>>;
}

/** Derives the order from cdktf's manifest, and writes it beside it. */
export function writeRunOrder(outdir: string): void {
  const stacks = listStacks(outdir);
  const order: RunOrder = {
    waves: wavesOf(stacks).map((wave) => wave.map(({ name }) => name)),
    stacks: Object.fromEntries(
      stacks.map(({ name, workingDirectory, dependencies }) => [
        name,
        { directory: workingDirectory, dependencies: dependencies.toSorted() },
      ]),
    ),
  };
  fs.writeFileSync(path.join(outdir, "run-order.json"), `${JSON.stringify(order, null, 2)}\n`);
}
