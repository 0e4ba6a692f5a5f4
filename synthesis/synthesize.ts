import fs from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Environment, Settings } from "../config";
import { UserError } from "../config/user-error";
import type { Changes } from "./changes";
import { writeClusters } from "./clusters";
import { codeHash } from "./code";
import { digestOfStack } from "./digest";
import { readEntries, type StackEntries } from "./manifest";
import type { Progress } from "./progress";
import { completePublication, publish, Superseded } from "./publication";
import { writeRunOrder } from "./run-order";
import { keptIn, NONE, SEALS, sealOf, writeSeals, type Kept } from "./seals";
import { resolveFast } from "./fast-resolve";
import { openStaging } from "./staging";
import { writeClustersInThreads } from "./threads";
import { disableTokenTraces } from "./token-traces";
import { unitsOf, type ClusterUnit, type Unit, type Units } from "./units";
import { writeManifest } from "./write-manifest";

/** From so many clusters and workloads on, starting threads costs clearly less time than they save. */
const WORTH_THREADS = 1200;

export interface SynthesisOptions {
  /** Told what will be different, before it is. @default - nobody is */
  readonly onChanges?: (changes: Changes) => void;
  /** Told from time to time, where it takes long. @default - nobody is */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Gives up, where nothing is published yet, and throws its reason. @default - never */
  readonly signal?: AbortSignal;
}

/** A synthesis on its way. */
interface Work {
  readonly staging: string;
  readonly units: readonly Units[];
  /** Hash of the code that builds. @default - nobody knows */
  readonly code: string | undefined;
  /** What need not be built. */
  readonly kept: Kept;
  /** Clusters to be built. */
  readonly clusters: readonly ClusterUnit[];
  /** Of the stacks that were built. */
  readonly entries: StackEntries;
}

/**
 * Makes the output folder hold the Terraform JSON of the environments. Stacks that lie there as they would be built are not built;
 * the others are, by several threads where it pays: the same bytes in any case.
 *
 * It goes to a folder of its own first: whatever goes wrong in it, the previous output stays as it was.
 */
export async function synthesize(
  environments: readonly Environment[],
  settings: Settings,
  { signal, onChanges, onProgress }: SynthesisOptions = {},
): Promise<void> {
  const attempt = async (fresh: boolean) => {
    const work = begin(environments, settings, fresh);
    try {
      const weight = work.clusters.reduce((sum, unit) => sum + unit.weight, 0);
      const entries =
        !settings.tokenTraces && weight >= WORTH_THREADS
          ? await writeClustersInThreads(work.clusters, settings, work.staging, { signal, onProgress })
          : writeHere(work);
      // Signals that came in the meantime are heard now.
      await setImmediate();
      signal?.throwIfAborted();
      finish(environments, settings, { ...work, entries: { ...work.entries, ...entries } }, onChanges);
    } finally {
      fs.rmSync(work.staging, { recursive: true, force: true });
    }
  };
  try {
    await attempt(isFresh(settings)).catch((error: unknown) => {
      if (error instanceof Superseded) return attempt(true);
      throw error;
    });
  } catch (error) {
    throw withPlace(error, settings);
  }
}

/** As `synthesize`, at once and by this thread alone. */
export function synthesizeAtOnce(
  environments: readonly Environment[],
  settings: Settings,
  onChanges?: (changes: Changes) => void,
): void {
  const attempt = (fresh: boolean) => {
    const work = begin(environments, settings, fresh);
    try {
      finish(environments, settings, { ...work, entries: { ...work.entries, ...writeHere(work) } }, onChanges);
    } finally {
      fs.rmSync(work.staging, { recursive: true, force: true });
    }
  };
  try {
    attempt(isFresh(settings));
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
    attempt(true);
  }
}

/** Who asks for traces wants to see an error, and an error is seen where a stack is built. */
function isFresh({ fresh = false, tokenTraces }: Settings): boolean {
  return fresh || tokenTraces;
}

/** Builds the stacks that clusters share, and finds out which clusters have to be built. */
function begin(environments: readonly Environment[], settings: Settings, fresh: boolean): Work {
  if (!settings.tokenTraces) {
    disableTokenTraces();
    resolveFast();
  }
  const staging = stage(settings);
  try {
    const units = environments.map((environment) => unitsOf(environment, settings.projectDirectory, staging));
    const code = codeHash(settings);
    const all = units.flatMap(({ shared, clusters }) => [shared, ...clusters]);
    const kept = fresh || code === undefined ? NONE : keptIn(settings.outputDirectory, all, code, modeOfFiles(staging));
    const isKept = ({ stacks: [name = ""] }: Unit) => kept.stacks.has(name);
    const entries = units
      .filter(({ shared }) => !isKept(shared))
      .map(({ shared: { app } }) => {
        app.synth();
        return app.manifest.stacks;
      });
    const clusters = units.flatMap((unit) => unit.clusters).filter((unit) => !isKept(unit));
    return { staging, units, code, kept, clusters, entries: Object.assign({}, ...entries) as StackEntries };
  } catch (error) {
    fs.rmSync(staging, { recursive: true, force: true });
    throw withPlace(error, settings);
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

/** The mode of a file that is made now: the user's umask decides. */
function modeOfFiles(staging: string): number {
  writeSeals(staging, {});
  return fs.lstatSync(path.join(staging, SEALS)).mode;
}

function writeHere({ clusters, staging }: Work): StackEntries {
  const given = clusters.map((unit) => unit.given());
  return given.length > 0 ? writeClusters(given, staging) : {};
}

/** Writes what stands beside the stacks, and publishes all. */
function finish(
  environments: readonly Environment[],
  { outputDirectory }: Settings,
  { staging, units, code, kept, entries }: Work,
  onChanges: (changes: Changes) => void = () => undefined,
): void {
  const former = Object.fromEntries([...kept.stacks].map(([name, { entry }]) => [name, entry]));
  writeManifest(staging, units[0]?.shared.app.manifest.version ?? "", { ...former, ...entries });
  const listed = readEntries(staging);
  const digests = new Map(
    Object.values(listed).map(({ name, workingDirectory }) => [
      name,
      kept.stacks.get(name)?.digest ?? digestOfStack(path.join(staging, workingDirectory)),
    ]),
  );
  writeRunOrder(staging, environments, digests);
  writeSeals(staging, code === undefined ? {} : sealsOf(units, code, listed, digests));
  publish(staging, outputDirectory, onChanges, kept);
}

function sealsOf(
  units: readonly Units[],
  code: string,
  entries: StackEntries,
  digests: ReadonlyMap<string, string>,
): Record<string, string> {
  const all = units.flatMap(({ shared, clusters }) => [shared, ...clusters]);
  const seals = all.flatMap(({ stacks, input }) =>
    stacks.map((name) => {
      const [entry, digest] = [entries[name], digests.get(name)];
      if (!entry || digest === undefined) throw new Error(`stack ${name} was not built`);
      return [name, sealOf({ code, input, entry, digest })] as const;
    }),
  );
  return Object.fromEntries(seals.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The system does not say which file of the output it could not write, for one where the disk is full. */
function withPlace(error: unknown, { outputDirectory }: Settings): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  return syscall === undefined ? error : new UserError(`${outputDirectory} cannot be written: ${message}`);
}
