import fc from "fast-check";
import type { Rotation } from "../../config";
import { scheduleAt } from "../support/rotation";
import { RUNS, generations, rotations, shares, timeIn } from "./arbitraries";
import { Simulation, periodOf, startOf } from "./simulation";

/** Generations that a slot was last renewed ago. */
function ageOf(slot: number, generation: number, { slots }: Rotation): number {
  return (generation - slot) % slots;
}

/** Generations that a slot may be old for `active_slot`: as the clock in Terraform has it. */
function oldestSafe({ lag }: Rotation): number {
  return Math.max(lag, 1);
}

/** A cluster that was moved to a slot at once. */
function movedTo(slot: number, at: number, rotation: Rotation): Simulation {
  const simulation = new Simulation(rotation);
  simulation.applyIdentity(at);
  simulation.applyIdentity(at, slot);
  simulation.applyWorkload(at);
  return simulation;
}

const slotsOf = ({ slots }: Rotation) => Array.from({ length: slots }, (_, slot) => slot);

describe("a cluster that was moved to another slot", () => {
  test("is never refused by runs as far apart as the schedule promises, in every safe slot", () => {
    const property = fc.property(rotations, generations, shares, shares, (rotation, generation, share, wait) => {
      const at = timeIn(generation, share, rotation);
      const longest = (rotation.slots - 1 - oldestSafe(rotation)) * periodOf(rotation);
      for (const slot of slotsOf(rotation).filter((one) => ageOf(one, generation, rotation) <= oldestSafe(rotation))) {
        const simulation = movedTo(slot, at, rotation);
        const next = at + Math.floor(wait * longest);
        simulation.applyIdentity(next);
        simulation.applyWorkload(next);
        simulation.letPass(next + longest);
        expect(simulation.failure).toBeUndefined();
      }
    });
    fc.assert(property, RUNS);
  });

  test("holds a good password until apply_before, and until expires where nobody runs; the first run after it deletes it", () => {
    const property = fc.property(rotations, generations, shares, shares, (rotation, generation, share, later) => {
      const at = timeIn(generation, share, rotation);
      for (const slot of slotsOf(rotation)) {
        const key = generation - ageOf(slot, generation, rotation);
        const [applyBefore, expires] = [
          startOf(key + rotation.slots, rotation),
          startOf(key + rotation.slots + 1, rotation),
        ];
        const before = movedTo(slot, at, rotation);
        const run = Math.max(at, applyBefore - 1);
        before.applyIdentity(run);
        before.letPass(run);
        expect(before.failure).toBeUndefined();

        const late = timeIn(key + rotation.slots, later, rotation);
        const after = movedTo(slot, at, rotation);
        after.applyIdentity(late);
        after.letPass(late);
        expect(after.failure).toEqual({ cause: "deleted", at: late });

        const nobody = movedTo(slot, at, rotation);
        nobody.letPass(expires);
        expect(nobody.failure).toEqual({ cause: "expired", at: expires });
      }
    });
    fc.assert(property, RUNS);
  });

  test("can be refused inside the promise in every other slot", () => {
    const property = fc.property(rotations, generations, (rotation, generation) => {
      const at = timeIn(generation, 0, rotation);
      for (const slot of slotsOf(rotation).filter((one) => ageOf(one, generation, rotation) > oldestSafe(rotation))) {
        const simulation = movedTo(slot, at, rotation);
        const next = at + (rotation.slots - 1 - rotation.lag) * periodOf(rotation);
        simulation.applyIdentity(next);
        simulation.applyWorkload(next);
        expect(simulation.failure?.at).toBeLessThanOrEqual(next);
      }
    });
    fc.assert(property, RUNS);
  });

  test("has another slot to move to, whatever the schedule", () => {
    const property = fc.property(rotations, generations, shares, (rotation, generation, share) => {
      const { activeSlot } = scheduleAt(new Date(timeIn(generation, share, rotation)), rotation);
      const safe = slotsOf(rotation).filter((slot) => ageOf(slot, generation, rotation) <= oldestSafe(rotation));
      expect(safe).toContain(activeSlot);
      expect(safe.length).toBeGreaterThan(1);
    });
    fc.assert(property, RUNS);
  });
});

describe("a run that takes another time for the present", () => {
  /** What the cluster holds after a run at `at` that takes `now` for the present, before its workload stack is applied. */
  function afterRun(rotation: Rotation, at: number, now: number): Simulation {
    const simulation = new Simulation(rotation);
    simulation.applyIdentity(at);
    simulation.applyWorkload(at);
    simulation.applyIdentity(at, undefined, now);
    simulation.letPass(at);
    return simulation;
  }

  test("deletes nothing that a cluster holds, as near to it as plans take without a warning", () => {
    const property = fc.property(rotations, generations, shares, shares, (rotation, generation, share, shift) => {
      const at = timeIn(generation, share, rotation);
      const ahead = Math.floor(shift * (rotation.slots - 1 - rotation.lag) * periodOf(rotation));
      expect(afterRun(rotation, at, at + ahead).failure).toBeUndefined();
      if (rotation.lag === 0) return;
      expect(afterRun(rotation, at, at - Math.floor(shift * periodOf(rotation))).failure).toBeUndefined();
    });
    fc.assert(property, RUNS);
  });

  test("deletes it from one period further on, and makes passwords that have ended from two periods back", () => {
    const property = fc.property(rotations, generations, shares, (rotation, generation, share) => {
      const at = timeIn(generation, share, rotation);
      const period = periodOf(rotation);
      const { slots, lag } = rotation;
      expect(afterRun(rotation, at, at + (slots - lag) * period).failure).toEqual({ cause: "deleted", at });
      const { slotEnds } = scheduleAt(new Date(at - 2 * period), rotation);
      expect(Math.min(...slotEnds.map(Date.parse))).toBeLessThanOrEqual(at);
    });
    fc.assert(property, RUNS);
  });
});
