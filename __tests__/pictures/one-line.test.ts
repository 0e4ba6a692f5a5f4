import { oneLine } from "../../pictures/one-line";

it.each([
  ["two\nlines\r\n  and\ttabs ", "two lines and tabs"],
  ["\u001B[31mred\u0007", "[31mred"],
  ["a\u202Eb\u2066c\u2028d", "a b c d"],
  ["  ", ""],
])("makes %j a line", (text, line) => {
  expect(oneLine(text)).toBe(line);
});

it("shortens by characters, and not by halves of them", () => {
  expect(oneLine("\u{1F600}".repeat(4), 4)).toBe("\u{1F600}".repeat(4));
  expect(oneLine("\u{1F600}".repeat(5), 4)).toBe(`${"\u{1F600}".repeat(3)}…`);
});
