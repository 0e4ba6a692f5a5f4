import path from "node:path";
import { settingsFrom } from "../../config";

test("nothing set means all environments and cdktf.out in the project", () => {
  expect(settingsFrom({}, "/project")).toEqual({
    projectDirectory: "/project",
    outputDirectory: "/project/cdktf.out",
    tokenTraces: false,
  });
});

test("ENVIRONMENTS is a list that is separated by commas", () => {
  expect(settingsFrom({ ENVIRONMENTS: "demo, examples/all-options.yaml" }, "/project").environments).toEqual([
    "demo",
    "examples/all-options.yaml",
  ]);
});

test.each([
  ["demo, ", ["demo"]],
  [",demo,,all", ["demo", "all"]],
  [" , ", []],
])("ENVIRONMENTS=%j names what stands between its commas", (text, names) => {
  expect(settingsFrom({ ENVIRONMENTS: text }, "/project").environments).toEqual(names);
});

test("CDKTF_OUTDIR is relative to the working folder", () => {
  expect(settingsFrom({ CDKTF_OUTDIR: "out" }, "/project").outputDirectory).toBe(path.resolve("out"));
});

test("CDKTF_OUTDIR may be absolute", () => {
  expect(settingsFrom({ CDKTF_OUTDIR: "/tmp/out" }, "/project").outputDirectory).toBe("/tmp/out");
});

test.each([
  ["1", true],
  ["0", false],
  ["", false],
])("TOKEN_TRACES=%s sets token traces to %s", (value, tokenTraces) => {
  expect(settingsFrom({ TOKEN_TRACES: value }, "/project").tokenTraces).toBe(tokenTraces);
});
