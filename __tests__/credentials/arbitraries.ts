import fc from "fast-check";
import type { Rotation } from "../../config";
import { periodOf, startOf } from "./simulation";

export const RUNS = { numRuns: 500 };
/** Longest life that the schema lets an organisation allow. */
const LONGEST_LIFETIME_DAYS = 730;

/** Every rotation that the schema takes. */
export const rotations: fc.Arbitrary<Rotation> = fc.integer({ min: 2, max: 12 }).chain((slots) =>
  fc.record({
    slots: fc.constant(slots),
    lag: fc.integer({ min: 0, max: slots - 2 }),
    periodDays: fc.integer({ min: 1, max: Math.floor(LONGEST_LIFETIME_DAYS / (slots + 1)) }),
    maximumLifetimeDays: fc.constant(LONGEST_LIFETIME_DAYS),
  }),
);

/** A share from 0 to 1, often one of both. */
export const shares = fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));
/** Shares of what is allowed, one for each of many runs: from the first to the second they wait so long. */
export const manyShares = fc.array(shares, { minLength: 2, maxLength: 40 });
/** Times in this century, often just at a change of generation: generations, and shares of a period. */
export const generations = fc.integer({ min: 2000, max: 30_000 });

/** Time in a generation: its first millisecond for share 0, its last for share 1. */
export function timeIn(generation: number, share: number, rotation: Rotation): number {
  return startOf(generation, rotation) + Math.floor(share * (periodOf(rotation) - 1));
}

/** Times from `start` on, each as much later as a share of the longest gap says. */
export function timesFrom(start: number, longest: number, gaps: readonly number[]): number[] {
  const times = [start];
  for (const share of gaps) times.push((times.at(-1) ?? start) + Math.max(1, Math.floor(share * longest)));
  return times;
}
