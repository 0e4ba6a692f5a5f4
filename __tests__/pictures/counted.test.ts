import { counted, firstOf } from "../../pictures/counted";

it.each([
  [counted(0, "image"), "0 images"],
  [counted(1, "image"), "1 image"],
  [counted(1000, "cluster"), "1,000 clusters"],
  [counted(2, "repository", "repositories"), "2 repositories"],
])("counts: %s", (text, expected) => {
  expect(text).toBe(expected);
});

it.each([
  [["a", "b"], 4, "a, b"],
  [["one", "two", "three"], 15, "one, two, three"],
  [["one", "two", "three"], 14, "one and 2 more"],
  [["one", "two", "three"], 13, "3 entries"],
  [[], 10, "0 entries"],
])("names as many of %j as fit in %d characters: %s", (names, longest, expected) => {
  expect(firstOf(names, longest)).toBe(expected);
});

it("counts thousands of names that do not fit", () => {
  const names = Array.from({ length: 2002 }, (_, index) => `c${index}`);
  expect(firstOf(names, 20)).toBe("c0 and 2,001 more");
});
