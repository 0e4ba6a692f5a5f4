import { environmentReference } from "../../config/reference";

const rows = environmentReference()
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.slice(2, -1).split(" | "));

test("the reference has a row for every key", () => {
  expect(rows.length).toBeGreaterThan(120);
});

test("every key has a meaning", () => {
  expect(rows.flatMap(([key = "", , , meaning = ""]) => (meaning.trim() === "" ? [key] : []))).toEqual([]);
});
