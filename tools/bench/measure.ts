/** One thing to measure. */
export interface Candidate<Run> {
  readonly name: string;
  readonly run: () => Promise<Run>;
}

/** The middle of several runs, and the smallest and largest of them. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Runs the candidates in turn, round after round, every other round backwards: whatever else the machine does, and
 * whatever one run leaves to the next, meets all of them alike.
 *
 * @returns All runs of each candidate.
 */
export async function inTurn<Run>(
  title: string,
  candidates: readonly Candidate<Run>[],
  rounds: number,
): Promise<Run[][]> {
  const runs = candidates.map((candidate) => ({ candidate, done: [] as Run[] }));
  for (let round = 1; round <= rounds; round++) {
    for (const { candidate, done } of round % 2 === 1 ? runs : runs.toReversed()) {
      console.error(`${title}: round ${round} of ${rounds}: ${candidate.name}`);
      done.push(await candidate.run());
    }
  }
  return runs.map(({ done }) => done);
}

/** @param values At least one; an odd number, so that the median is one of them. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? NaN, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}
