import { quantity } from "../../../rehearsal/sdk/quantity";

test.each([
  ["1000m", "1"],
  ["128Mi", "131072Ki"],
  ["1e3", "1k"],
  ["1.5Gi", "1536Mi"],
  ["0.1", "100m"],
  [".5", "500m"],
  ["-1", "-1000m"],
])("%s equals %s", (one, other) => {
  expect(quantity(one)).toBe(quantity(other));
  expect(quantity(one)).toBeDefined();
});

test.each(["", "m", "1Kib", "1ki", "one", "1 Gi", "1e"])("%j is none", (text) => {
  expect(quantity(text)).toBeUndefined();
});

test("what is finer than a billionth is rounded up", () => {
  expect(quantity("0.1n")).toBe(1n);
});
