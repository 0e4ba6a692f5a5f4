import type { Value } from "../../../rehearsal/sdk/model";
import { UNKNOWN } from "../../../rehearsal/sdk/model";
import {
  block,
  blocks,
  count,
  flag,
  optionalDate,
  optionalText,
  rfc3339,
  text,
  textMap,
  texts,
} from "../../../rehearsal/providers/values";

test("a string that is missing or unknown is named", () => {
  expect(text({ name: "a" }, "name")).toBe("a");
  expect(() => text({}, "name")).toThrow('attribute "name" must be a string here, got: undefined');
  expect(() => text({ name: UNKNOWN }, "name")).toThrow('attribute "name" must be a string here, got: unknown');
});

test.each<Value>([null, "", UNKNOWN])("%p is an absent string", (value) => {
  expect(optionalText({ name: value }, "name")).toBeUndefined();
});

test("flags and counts fall back", () => {
  expect([flag({ on: true }, "on"), flag({}, "on"), flag({ on: null }, "on", true)]).toEqual([true, false, true]);
  expect([count({ n: "3" }, "n", 1), count({ n: 0 }, "n", 1), count({ n: UNKNOWN }, "n", 1)]).toEqual([3, 0, 1]);
});

test("collections leave out what is not known", () => {
  expect(texts({ list: ["a", UNKNOWN] }, "list")).toEqual(["a"]);
  expect(textMap({ map: { a: "1", b: UNKNOWN } }, "map")).toEqual({ a: "1" });
});

test("the one block of a name is empty where there is none", () => {
  expect(block({ spec: [{ a: 1 }] }, "spec")).toEqual({ a: 1 });
  expect([block({}, "spec"), blocks({ spec: UNKNOWN }, "spec")]).toEqual([{}, []]);
});

test("a time that is none is named", () => {
  expect(optionalDate({ end: "2026-01-01T00:00:00Z" }, "end")?.getTime()).toBe(Date.UTC(2026, 0, 1));
  expect(() => optionalDate({ end: "soon" }, "end")).toThrow('expected "end" to be a valid RFC3339 date, got "soon"');
});

test("times are written in whole seconds", () => {
  expect(rfc3339(new Date(1500))).toBe("1970-01-01T00:00:01Z");
});
