/** How far a synthesis is. */
export interface Progress {
  /** Stacks that are built. */
  readonly built: number;
  /** Stacks that have to be built. */
  readonly total: number;
}

/**
 * A line for people, with an estimate: stacks take about the same time.
 * @param seconds Since it began.
 */
export function describeProgress({ built, total }: Progress, seconds: number): string {
  const left = Math.ceil((seconds / built) * (total - built));
  const count = (number: number) => number.toLocaleString("en-US");
  const minutes = left >= 120 ? `${Math.ceil(left / 60)} min` : `${left} s`;
  return `${count(built)} of ${count(total)} stacks, about ${minutes} left`;
}
