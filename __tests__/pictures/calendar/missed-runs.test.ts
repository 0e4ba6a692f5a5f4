import fc from "fast-check";
import { missedRuns } from "../../../pictures/calendar/missed-runs";
import { RUNS, generations, rotations, shares, timeIn } from "../../credentials/arbitraries";
import { independently, Simulation } from "../../credentials/simulation";

it("says of every late run what becomes of the cluster's password", () => {
  const outcomes = new Set<string>();
  const property = fc.property(rotations, generations, shares, shares, (rotation, generation, one, other) => {
    const last = timeIn(generation, one, rotation);
    const { held, cases } = missedRuns(new Date(last), rotation);
    for (const { missed, outcome, nextRun } of cases) {
      const next = timeIn(generation + missed + 1, other, rotation);
      expect(nextRun.getTime()).toBe(timeIn(generation + missed + 1, 0, rotation));
      const failure = independently(rotation, [last, next], [last, next]);
      outcomes.add(outcome);
      if (outcome === "fine") expect(failure).toBeUndefined();
      else if (outcome === "gap") expect(failure).toEqual({ cause: "deleted", at: next });
      else expect(failure).toEqual({ cause: "expired", at: held.ends.getTime() });
    }
  });
  fc.assert(property, RUNS);
  expect([...outcomes].sort()).toEqual(["ended", "fine", "gap"]);
});

it("says which runs give clusters a password that they have just made", () => {
  const property = fc.property(rotations, generations, shares, (rotation, generation, share) => {
    const last = timeIn(generation, share, rotation);
    for (const { missed, isNew } of missedRuns(new Date(last), rotation).cases) {
      const next = timeIn(generation + missed + 1, share, rotation);
      const simulation = new Simulation(rotation);
      simulation.applyIdentity(last);
      simulation.applyIdentity(next);
      expect([missed, simulation.offered?.made === next]).toEqual([missed, isNew]);
    }
  });
  fc.assert(property, RUNS);
});

it("has the longest pause that is fine in its table, and what is beyond it", () => {
  const rotation = { periodDays: 30, slots: 4, lag: 1, maximumLifetimeDays: 180 };
  expect(
    missedRuns(new Date("2026-11-26T12:00:00Z"), rotation).cases.map(({ missed, outcome }) => `${missed} ${outcome}`),
  ).toEqual([...["0 fine", "1 fine", "2 gap", "3 ended", "4 ended"]]);
});
