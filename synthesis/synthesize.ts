import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Environment, Settings } from "../config";
import { synthesizeParts, weightsOf } from "./parts";
import type { Changes } from "./changes";
import { publish } from "./publish";
import { writeRunOrder } from "./run-order";
import { synthesizeInThreads } from "./threads";
import { disableTokenTraces } from "./token-traces";

/** From so many clusters and workloads on, starting threads costs clearly less time than they save. */
const WORTH_THREADS = 1200;

/**
 * Writes the Terraform JSON of the environments to the output folder.
 *
 * Synthesis goes to a folder of its own first: whatever goes wrong in it, the previous output stays as it was.
 */
export function synthesize(environments: readonly Environment[], settings: Settings): Changes {
  const outdir = newFolder();
  try {
    synthesizeHere(environments, settings, outdir);
    return finish(outdir, settings);
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

/** As `synthesize`, the same bytes, by several threads where it pays. */
export async function synthesizeFast(environments: readonly Environment[], settings: Settings): Promise<Changes> {
  const outdir = newFolder();
  try {
    if (settings.tokenTraces || weightOf(environments) < WORTH_THREADS) synthesizeHere(environments, settings, outdir);
    else await synthesizeInThreads(environments, settings, outdir);
    return finish(outdir, settings);
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

function synthesizeHere(
  environments: readonly Environment[],
  { tokenTraces, projectDirectory }: Settings,
  outdir: string,
): void {
  if (!tokenTraces) disableTokenTraces();
  const parts = environments.map((environment) => ({ environment, shared: true }));
  synthesizeParts(parts, projectDirectory, outdir);
}

function weightOf(environments: readonly Environment[]): number {
  return environments.flatMap((environment) => [...weightsOf(environment).values()]).reduce((sum, one) => sum + one, 0);
}

function newFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), "acr-pull-"));
}

function finish(outdir: string, { outputDirectory }: Settings): Changes {
  writeRunOrder(outdir);
  return publish(outdir, outputDirectory);
}
