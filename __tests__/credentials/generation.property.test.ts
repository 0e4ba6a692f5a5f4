import fc from "fast-check";
import { scheduleAt } from "../support/rotation";
import { RUNS, generations, rotations, shares, timeIn } from "./arbitraries";
import { periodOf } from "./simulation";

describe("one generation", () => {
  test("renews exactly one slot, and not the one that clusters hold; with a lag not the one that they get either", () => {
    const property = fc.property(rotations, generations, shares, shares, (rotation, generation, one, other) => {
      const before = scheduleAt(new Date(timeIn(generation, one, rotation)), rotation);
      const after = scheduleAt(new Date(timeIn(generation + 1, other, rotation)), rotation);
      const renewed = after.slotEnds.flatMap((end, slot) => (end === before.slotEnds[slot] ? [] : [slot]));
      expect(renewed).toEqual([(generation + 1) % rotation.slots]);
      expect(renewed).not.toContain(before.activeSlot);
      if (rotation.lag > 0) expect(renewed).not.toContain(after.activeSlot);
    });
    fc.assert(property, RUNS);
  });

  test("changes nothing while it lasts", () => {
    const property = fc.property(rotations, generations, shares, shares, (rotation, generation, one, other) => {
      const [early, late] = [one, other].map((share) =>
        scheduleAt(new Date(timeIn(generation, share, rotation)), rotation),
      );
      expect(late).toEqual(early);
    });
    fc.assert(property, RUNS);
  });

  test("makes passwords that live longer than one period and at most slots + 1", () => {
    const property = fc.property(rotations, generations, shares, (rotation, generation, share) => {
      const now = timeIn(generation, share, rotation);
      for (const end of scheduleAt(new Date(now), rotation).slotEnds) {
        const periods = (Date.parse(end) - now) / periodOf(rotation);
        expect(periods).toBeGreaterThan(1);
        expect(periods).toBeLessThanOrEqual(rotation.slots + 1);
      }
    });
    fc.assert(property, RUNS);
  });
});
