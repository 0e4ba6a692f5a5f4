import { entryAt } from "../../config/entry-at";

const ENTRIES = { web: 1, api: 2 };

test("an entry is found by its key", () => {
  expect(entryAt(ENTRIES, "api")).toBe(2);
});

test.each(["other", "toString", "__proto__"])("%s is no entry", (key) => {
  expect(() => entryAt(ENTRIES, key)).toThrow(new Error(`no entry "${key}" among web, api`));
});
