import { describeProgress } from "../../synthesis/progress";

it.each<[number, number, number, string]>([
  [1240, 20_000, 5, "1,240 of 20,000 stacks, about 76 s left"],
  [1000, 20_000, 60, "1,000 of 20,000 stacks, about 19 min left"],
  [9, 10, 9, "9 of 10 stacks, about 1 s left"],
])("%d of %d after %d s", (built, total, seconds, line) => {
  expect(describeProgress({ built, total }, seconds)).toBe(line);
});
