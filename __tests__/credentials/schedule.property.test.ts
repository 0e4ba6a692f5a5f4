import fc from "fast-check";
import type { Rotation } from "../../config";
import { scheduleAt } from "../support/rotation";
import { RUNS, generations, manyShares, rotations, shares, timeIn, timesFrom } from "./arbitraries";
import { Simulation, independently, periodOf, startOf, workloadFirst } from "./simulation";

/** Times from one to the other, never further apart than `gap`. */
function every(gap: number, from: number, to: number): number[] {
  return Array.from({ length: Math.floor((to - from) / gap) + 1 }, (_, index) => from + index * gap);
}

describe("identity, then workload", () => {
  test("never fails with runs at most slots - 1 - lag periods apart, workload within a period of its identity", () => {
    const property = fc.property(
      rotations,
      generations,
      shares,
      manyShares,
      manyShares,
      (rotation, generation, share, gaps, delays) => {
        const period = periodOf(rotation);
        const longest = (rotation.slots - 1 - rotation.lag) * period;
        const identity = timesFrom(timeIn(generation, share, rotation), longest, gaps);
        const workload = identity.map((time, run) => {
          const delay = run === 0 ? 0 : Math.floor((delays[run % delays.length] ?? 0) * period);
          return Math.min(time + delay, (identity[run + 1] ?? Infinity) - 1);
        });
        expect(independently(rotation, identity, workload)).toBeUndefined();
      },
    );
    fc.assert(property, RUNS);
  });

  test("after slots - lag generations the late run deletes the password before the workload stack has the next", () => {
    const property = fc.property(rotations, generations, shares, shares, (rotation, generation, one, other) => {
      const first = timeIn(generation, one, rotation);
      const late = timeIn(generation + rotation.slots - rotation.lag, other, rotation);
      const simulation = new Simulation(rotation);
      simulation.applyIdentity(first);
      simulation.applyWorkload(first);
      simulation.letPass(late);
      expect(simulation.failure).toBeUndefined();
      simulation.applyIdentity(late);
      simulation.applyWorkload(late);
      expect(simulation.failure).toEqual({ cause: "deleted", at: late });
    });
    fc.assert(property, RUNS);
  });

  test("after that generation the password has expired: at the start of generation key + slots + 1", () => {
    const property = fc.property(rotations, generations, shares, fc.nat(20), (rotation, generation, share, later) => {
      const { slots, lag } = rotation;
      const first = timeIn(generation, share, rotation);
      const end = startOf(generation - lag + slots + 1, rotation);
      const late = end + later * periodOf(rotation);
      expect(independently(rotation, [first, late], [first, late])).toEqual({ cause: "expired", at: end });
      expect(Date.parse(scheduleAt(new Date(first), rotation).expires)).toBe(end);
    });
    fc.assert(property, RUNS);
  });

  test("gives clusters a password that an earlier run made, with runs at most lag periods apart", () => {
    const lagging = rotations.filter(({ lag }) => lag > 0);
    const property = fc.property(lagging, generations, shares, manyShares, (rotation, generation, share, gaps) => {
      const simulation = new Simulation(rotation);
      const [first = 0, ...later] = timesFrom(
        timeIn(generation, share, rotation),
        rotation.lag * periodOf(rotation),
        gaps,
      );
      simulation.applyIdentity(first);
      for (const time of later) {
        simulation.applyIdentity(time);
        expect(simulation.offered?.made).toBeLessThan(time);
      }
    });
    fc.assert(property, RUNS);
  });
});

describe("workload, then identity", () => {
  const longestFor = (rotation: Rotation) => Math.floor(((rotation.slots - rotation.lag) / 2) * periodOf(rotation));

  test("never fails with runs at most (slots - lag) / 2 periods apart", () => {
    const property = fc.property(rotations, generations, shares, manyShares, (rotation, generation, share, gaps) => {
      const times = timesFrom(timeIn(generation, share, rotation), longestFor(rotation), gaps);
      expect(workloadFirst(rotation, times)).toBeUndefined();
    });
    fc.assert(property, RUNS);
  });

  test("can fail with runs a millisecond further apart", () => {
    const property = fc.property(rotations, generations, (rotation, generation) => {
      const times = timesFrom(timeIn(generation, 1, rotation), longestFor(rotation) + 1, [1, 1]);
      expect(workloadFirst(rotation, times)).toBeDefined();
    });
    fc.assert(property, RUNS);
  });

  test("fails with one generation more between any two runs, whenever in their generations they are", () => {
    const property = fc.property(
      rotations,
      generations,
      fc.tuple(shares, shares, shares),
      (rotation, generation, within) => {
        const gap = Math.floor((rotation.slots - rotation.lag) / 2) + 1;
        const times = within.map((share, run) => timeIn(generation + run * gap, share, rotation));
        expect(workloadFirst(rotation, times)).toBeDefined();
      },
    );
    fc.assert(property, RUNS);
  });
});

describe("identity and workload at times of their own", () => {
  test("never fail while the longest gaps of both make at most slots - 1 - lag periods", () => {
    const property = fc.property(
      ...([rotations, generations, shares, shares, manyShares, manyShares] as const),
      (rotation, generation, share, split, ofIdentity, ofWorkload) => {
        const together = (rotation.slots - 1 - rotation.lag) * periodOf(rotation);
        const start = timeIn(generation, share, rotation);
        const identity = timesFrom(start, split * together, ofIdentity);
        const workload = timesFrom(start, (1 - split) * together, ofWorkload);
        const both = Math.min(identity.at(-1) ?? start, workload.at(-1) ?? start);
        const until = (time: number) => time <= both;
        expect(independently(rotation, identity.filter(until), workload.filter(until))).toBeUndefined();
      },
    );
    fc.assert(property, RUNS);
  });

  test("can fail with gaps that make three milliseconds more", () => {
    const property = fc.property(
      rotations,
      generations,
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      (rotation, generation, split) => {
        const { slots, lag } = rotation;
        const together = (slots - 1 - lag) * periodOf(rotation) + 3;
        const [ofIdentity, ofWorkload] = [Math.floor(split * together), together - Math.floor(split * together)];
        const start = timeIn(generation, 1, rotation);
        const stale = start + ofIdentity - 1;
        const deletion = startOf(generation + slots - lag, rotation);
        const identity = [start, ...every(ofIdentity, start + ofIdentity, deletion), deletion];
        const workload = [...every(ofWorkload, start, stale), stale, stale + ofWorkload];
        expect(independently(rotation, identity, workload)).toEqual({ cause: "deleted", at: deletion });
      },
    );
    fc.assert(property, RUNS);
  });
});
