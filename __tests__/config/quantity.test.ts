import { billionthsOf, WHOLE } from "../../config/quantity";

/** From the tests of the API server's own parser: apimachinery/pkg/api/resource/quantity_test.go. */
test.each([
  ["0", 0n],
  ["0n", 0n],
  ["1n", 1n],
  ["1u", 1_000n],
  ["100m", WHOLE / 10n],
  ["1", WHOLE],
  ["+1", WHOLE],
  ["1.", WHOLE],
  [".5", WHOLE / 2n],
  ["001.50", (WHOLE * 3n) / 2n],
  ["1k", 1_000n * WHOLE],
  ["131072Ki", 128n * 1_048_576n * WHOLE],
  ["128Mi", 128n * 1_048_576n * WHOLE],
  ["1.5Gi", 1_610_612_736n * WHOLE],
  ["1e3", 1_000n * WHOLE],
  ["1E3", 1_000n * WHOLE],
  ["1E+3", 1_000n * WHOLE],
  ["12e-3", 12n * 1_000_000n],
  ["1E", 10n ** 18n * WHOLE],
  ["1Ei", 2n ** 60n * WHOLE],
  // Finer ones are rounded up.
  ["0.0000000001", 1n],
  ["1e-12", 1n],
])("%s is %s billionths", (text, billionths) => {
  expect(billionthsOf(text)).toBe(billionths);
});

test.each(["", "1K", "1ki", "1mi", "1kI", "128 Mi", "128MB", "1.1.M", "Mi", "-1", "1e", "1e3k", "0x10", "1,5", "."])(
  "%j is no quantity",
  (text) => {
    expect(billionthsOf(text)).toBeUndefined();
  },
);

test("a quantity of a million digits is known for one at once", () => {
  expect(billionthsOf(`1${"0".repeat(10_000)}`)).toBe(10n ** 10_009n);
  expect(billionthsOf("1e999999999")).toBeUndefined();
});
