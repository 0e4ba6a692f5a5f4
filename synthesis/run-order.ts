import fs from "node:fs";
import path from "node:path";
import * as z from "zod";
import type { Environment } from "../config";
import { listStacks } from "./manifest";
import { KINDS, rolesOf } from "./stacks-of";
import { wavesOf } from "./waves";

/** Name of the file in the output folder. */
export const RUN_ORDER = "run-order.json";

/** Folders of stacks, relative to the output folder: nothing outside of it is ever read or removed by its word. */
const directory = z.string().regex(/^stacks\/[a-z0-9][a-z0-9-]*$/);

const runOrderSchema = z.object({
  waves: z.array(z.array(z.string())),
  stacks: z.record(
    z.string(),
    z.object({
      directory,
      dependencies: z.array(z.string()),
      environment: z.string(),
      kind: z.enum(KINDS),
      cluster: z.string().optional(),
      digest: z.string(),
    }),
  ),
});

/** The order in which pipelines apply stacks, what each is for, and what its files were when it was written. */
export type RunOrder = z.output<typeof runOrderSchema>;

/**
 * Derives the order from cdktf's manifest, and writes it beside it. Stacks of one wave may run side by side.
 * @param digests Of the stacks' files, by the stacks' names.
 */
export function writeRunOrder(
  outdir: string,
  environments: readonly Environment[],
  digests: ReadonlyMap<string, string>,
): void {
  const stacks = listStacks(outdir);
  const roles = rolesOf(environments);
  const entries = stacks.map(({ name, workingDirectory, dependencies }) => {
    const role = roles.get(name);
    if (!role) throw new Error(`stack ${name} belongs to no environment`);
    const digest = digests.get(name) ?? "";
    return [name, { directory: workingDirectory, dependencies: dependencies.toSorted(), ...role, digest }] as const;
  });
  const order: RunOrder = {
    waves: wavesOf(stacks).map((wave) => wave.map(({ name }) => name)),
    stacks: Object.fromEntries(entries),
  };
  fs.writeFileSync(path.join(outdir, RUN_ORDER), `${JSON.stringify(order, null, 2)}\n`);
}

/** @returns Undefined where there is none, or none that can be read: an output of another version, or of another program. */
export function readRunOrder(outdir: string): RunOrder | undefined {
  try {
    return runOrderSchema.parse(JSON.parse(fs.readFileSync(path.join(outdir, RUN_ORDER), "utf8")));
  } catch {
    return undefined;
  }
}
