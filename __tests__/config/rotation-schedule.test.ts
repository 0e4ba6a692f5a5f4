import fc from "fast-check";
import { generationAt, passwordOf } from "../../config/rotation-schedule";
import { RUNS, generations, rotations, shares, timeIn } from "../credentials/arbitraries";
import { scheduleAt } from "../support/rotation";

const rfc3339 = (time: Date) => time.toISOString().replace(".000", "");

it("says of every password what stacks say, at any time", () => {
  const property = fc.property(rotations, generations, shares, (rotation, generation, share) => {
    const now = new Date(timeIn(generation, share, rotation));
    const { slotEnds, ...said } = scheduleAt(now, rotation);
    expect(generationAt(now, rotation)).toBe(said.generation);
    const inUse = passwordOf(generation - rotation.lag, rotation);
    expect({ slot: inUse.slot, expires: rfc3339(inUse.ends), applyBefore: rfc3339(inUse.applyBefore) }).toEqual({
      ...{ slot: said.activeSlot, expires: said.expires, applyBefore: said.applyBefore },
    });
    expect(inUse.given <= now && now < inUse.givenUntil).toBe(true);
    const living = Array.from({ length: rotation.slots }, (_, age) => passwordOf(generation - age, rotation));
    expect(living.toSorted((one, other) => one.slot - other.slot).map(({ ends }) => rfc3339(ends))).toEqual(slotEnds);
  });
  fc.assert(property, RUNS);
});
