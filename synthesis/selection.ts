import path from "node:path";
import { UserError } from "../config/user-error";
import { suggestion } from "../config/problem";
import { digestOfStack } from "./digest";
import { isBeingPublished } from "./publication";
import { readRunOrder, type RunOrder } from "./run-order";
import { shardOf, type Shard } from "../config/shard";

/** Which stacks are meant. What is not given restricts nothing. */
export interface StackSelection {
  /** Names of environments. */
  readonly environments?: readonly string[];
  /** Keys of clusters: their own stacks, without those that all clusters share. */
  readonly clusters?: readonly string[];
  readonly kinds?: readonly string[];
  /** Only what all clusters share. @default false */
  readonly shared?: boolean;
  /** Of the clusters' stacks, those of one part. */
  readonly shard?: Shard;
}

/**
 * The waves of an output, with the stacks that are meant.
 *
 * @throws {UserError} Where there is no output, where a stack is not what was synthesized, and where a name is none of it.
 */
export function selectWaves(outdir: string, selection: StackSelection): string[][] {
  const order = readRunOrder(outdir);
  if (!order) throw new UserError(`${outdir}: nothing is synthesized there: run acr-pull synth first`);
  const stacks = Object.entries(order.stacks);
  const wanted = [
    among("--environment", selection.environments, unique(stacks.map(([, stack]) => stack.environment))),
    among("--cluster", selection.clusters, unique(stacks.flatMap(([, stack]) => stack.cluster ?? []))),
    among("--kind", selection.kinds, unique(stacks.map(([, stack]) => stack.kind))),
  ] as const;
  const chosen = new Set(
    stacks
      .filter(([, { environment, cluster = "", kind }]) =>
        [environment, cluster, kind].every((value, index) => wanted[index]?.has(value) ?? true),
      )
      .filter(([, { environment, cluster }]) => {
        const { shard, shared } = selection;
        if (shared && cluster !== undefined) return false;
        return !shard || (cluster !== undefined && shardOf(environment, cluster, shard.count) === shard.index);
      })
      .map(([name]) => name),
  );
  // A part may be empty: clusters are not divided evenly, and not everybody has tokens beside them.
  if (chosen.size === 0 && !selection.shard && !selection.shared)
    throw new UserError("no stack is of all that was chosen");
  assertWhole(outdir, order, chosen);
  return order.waves.map((wave) => wave.filter((name) => chosen.has(name))).filter((wave) => wave.length > 0);
}

function among(
  option: string,
  names: readonly string[] | undefined,
  known: readonly string[],
): ReadonlySet<string> | undefined {
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown === undefined) return names && new Set(names);
  throw new UserError(
    `${option} must be one of ${known.join(", ")}, got: ${JSON.stringify(unknown)}${suggestion(unknown, known)}`,
  );
}

function assertWhole(outdir: string, { stacks }: RunOrder, chosen: ReadonlySet<string>): void {
  const broken = [...chosen].find((name) => {
    const { directory, digest } = stacks[name] ?? { directory: "", digest: "" };
    return digestOfStack(path.join(outdir, directory)) !== digest;
  });
  if (broken === undefined && !isBeingPublished(outdir)) return;
  const what = broken === undefined ? "a synthesis was interrupted" : `${broken} is not what was synthesized`;
  throw new UserError(`${outdir}: ${what}: run acr-pull synth again`);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
