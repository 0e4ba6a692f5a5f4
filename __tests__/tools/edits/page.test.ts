import { EDITS } from "../../../tools/edits/edits";
import { edited } from "../../../tools/edits/edit";
import { page } from "../../../tools/edits/page";
import { pageLines } from "./page-says";

it("has every edit once, in the order of the list", () => {
  const lines = pageLines();
  const text = page(({ title }) => lines.find((line) => line.startsWith(`| ${title} |`)) ?? `no ${title}`);
  expect(text.split("\n")).toEqual(lines);
  const titles = Object.values(EDITS).flatMap((edits) => edits.map(({ title }) => title));
  expect(new Set(titles).size).toBe(titles.length);
});

it("edits values by their paths, takes away what is null, and leaves the file before as it was", () => {
  const before = { a: { b: 1, c: 2 }, d: 3 };
  expect(edited(before, { "a.b": 4, "a.c": null, "e.f": 5 })).toEqual({ a: { b: 4 }, d: 3, e: { f: 5 } });
  expect(before).toEqual({ a: { b: 1, c: 2 }, d: 3 });
});
