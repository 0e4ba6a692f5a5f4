import { describeGoal } from "../../../tools/bench/markdown";

const SLOWDOWN = { subject: "synthesis", bound: "at most", limit: 1.5, unit: "×", reference: "the floor" } as const;

test.each([
  [{ ...SLOWDOWN, value: 1.5 }, "goal: synthesis at most 1.50 × the floor: 1.50 ×, met"],
  [{ ...SLOWDOWN, value: 1.51 }, "goal: synthesis at most 1.50 × the floor: 1.51 ×, NOT met"],
  [{ subject: "growth", bound: "at most", limit: 1.1, value: 1 } as const, "goal: growth at most 1.10: 1.00, met"],
  [
    { ...SLOWDOWN, bound: "at least", limit: 3, reference: "faster than stock", value: 2.9 } as const,
    "goal: synthesis at least 3.00 × faster than stock: 2.90 ×, NOT met",
  ],
])("a goal says what was to be, what is, and whether it was met", (goal, line) => {
  expect(describeGoal(goal)).toBe(line);
});
