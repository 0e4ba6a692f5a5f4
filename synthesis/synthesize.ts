import fs from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Environment, Settings } from "../config";
import { UserError } from "../config/user-error";
import type { Changes } from "./changes";
import { completePublication, publish } from "./publication";
import { writeRunOrder } from "./run-order";
import { weightsOf, writeSlices } from "./slices";
import { openStaging } from "./staging";
import { synthesizeInThreads } from "./threads";
import { disableTokenTraces } from "./token-traces";

/** From so many clusters and workloads on, starting threads costs clearly less time than they save. */
const WORTH_THREADS = 1200;

export interface SynthesisOptions {
  /** Told what will be different, before it is. @default - nobody is */
  readonly onChanges?: (changes: Changes) => void;
  /** Gives up, where nothing is published yet, and throws its reason. @default - never */
  readonly signal?: AbortSignal;
}

/**
 * Writes the Terraform JSON of the environments to the output folder, by several threads where it pays: the same bytes.
 *
 * It goes to a folder of its own first: whatever goes wrong in it, the previous output stays as it was.
 */
export async function synthesize(
  environments: readonly Environment[],
  settings: Settings,
  { signal, onChanges }: SynthesisOptions = {},
): Promise<void> {
  const usesThreads = !settings.tokenTraces && weightOf(environments) >= WORTH_THREADS;
  const staging = stage(settings);
  try {
    if (usesThreads) await synthesizeInThreads(environments, settings, staging, signal);
    else write(environments, settings, staging);
    // Signals that came in the meantime are heard now.
    await setImmediate();
    signal?.throwIfAborted();
    finish(environments, settings, staging, onChanges);
  } catch (error) {
    throw withPlace(error, settings);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

/** As `synthesize`, at once and by this thread alone. */
export function synthesizeAtOnce(
  environments: readonly Environment[],
  settings: Settings,
  onChanges?: (changes: Changes) => void,
): void {
  const staging = stage(settings);
  try {
    write(environments, settings, staging);
    finish(environments, settings, staging, onChanges);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

function stage(settings: Settings): string {
  const { outputDirectory } = settings;
  try {
    completePublication(outputDirectory);
    return openStaging(outputDirectory);
  } catch (error) {
    throw withPlace(error, settings);
  }
}

function write(
  environments: readonly Environment[],
  { tokenTraces, projectDirectory }: Settings,
  outdir: string,
): void {
  if (!tokenTraces) disableTokenTraces();
  const slices = environments.map((environment) => ({ environment, shared: true }));
  writeSlices(slices, projectDirectory, outdir);
}

function weightOf(environments: readonly Environment[]): number {
  return environments.flatMap((environment) => [...weightsOf(environment).values()]).reduce((sum, one) => sum + one, 0);
}

function finish(
  environments: readonly Environment[],
  { outputDirectory }: Settings,
  staging: string,
  onChanges: (changes: Changes) => void = () => undefined,
): void {
  writeRunOrder(staging, environments);
  publish(staging, outputDirectory, onChanges);
}

/** The system does not say which file of the output it could not write, for one where the disk is full. */
function withPlace(error: unknown, { outputDirectory }: Settings): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  return syscall === undefined ? error : new UserError(`${outputDirectory} cannot be written: ${message}`);
}
