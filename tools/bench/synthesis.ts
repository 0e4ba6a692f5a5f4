import { ratio, spread } from "./markdown";
import { inTurn, spreadOf, type Candidate, type Spread } from "./measure";
import type { NodeRun } from "./node";

/** Time and memory of one way to synthesize. */
export interface Measurement {
  readonly name: string;
  readonly seconds: Spread;
  readonly megabytes: Spread;
}

export const HEADER = ["", "seconds", "ratio", "MB", "ratio"];

/** @throws {Error} Where a run fails. */
export async function measure(
  title: string,
  candidates: readonly Candidate<NodeRun>[],
  rounds: number,
): Promise<Measurement[]> {
  const runs = await inTurn(title, candidates, rounds);
  return candidates.map(({ name }, index) => ({
    name,
    seconds: spreadOf((runs[index] ?? []).map((run) => run.seconds)),
    megabytes: spreadOf((runs[index] ?? []).map((run) => run.megabytes)),
  }));
}

/** @param base What the ratios are to. */
export function rowsOf(measurements: readonly Measurement[], base: Measurement): string[][] {
  return measurements.map(({ name, seconds, megabytes }) => [
    name,
    spread(seconds),
    ratio(seconds.median, base.seconds.median),
    spread(megabytes, 0),
    ratio(megabytes.median, base.megabytes.median),
  ]);
}
