import type { Problem } from "../../config/problem";
import { SourceFile } from "../../config/source";

const TEXT = `a:
  b: 1
  list:
    - x
    - { c: [] }
d: {}
`;

function describeOne(problem: Problem): string[] {
  return new SourceFile("f.yaml", TEXT).describe([problem]);
}

test.each<[string, Problem, string]>([
  ["a value", { path: ["a", "b"], rule: "r" }, "f.yaml:2:6 a.b r, got: 1"],
  ["a key", { path: ["a", "b"], rule: "r", atKey: true }, "f.yaml:2:3 a.b r"],
  ["an item", { path: ["a", "list", 0], rule: "r" }, 'f.yaml:4:7 a.list[0] r, got: "x"'],
  ["a key in an item", { path: ["a", "list", 1, "c"], rule: "r", atKey: true }, "f.yaml:5:9 a.list[1].c r"],
  ["a list", { path: ["a", "list", 1, "c"], rule: "r" }, "f.yaml:5:12 a.list[1].c r, got: a list"],
  ["a mapping", { path: ["d"], rule: "r" }, "f.yaml:6:4 d r, got: a mapping"],
  ["a value that stays unsaid", { path: ["a", "b"], rule: "r", showValue: false }, "f.yaml:2:6 a.b r"],
  ["a missing key, at its parent's", { path: ["a", "x"], rule: "r" }, "f.yaml:1:1 a.x r"],
  ["a missing item, at its list's key", { path: ["a", "list", 9], rule: "r" }, "f.yaml:3:3 a.list[9] r"],
  ["what is missing with its parents, at the file's start", { path: ["x", "y"], rule: "r" }, "f.yaml:1:1 x.y r"],
  ["the whole file", { path: [], rule: "r" }, "f.yaml:1:1 r, got: a mapping"],
])("the place of %s", (_title, problem, line) => {
  expect(describeOne(problem)).toEqual([line]);
});

test("problems stand in the order of the file", () => {
  const problems = [["d"], ["a", "b"], ["a", "list", 0]].map((path) => ({ path, rule: "r", showValue: false }));
  expect(new SourceFile("f.yaml", TEXT).describe(problems)).toEqual([
    "f.yaml:2:6 a.b r",
    "f.yaml:4:7 a.list[0] r",
    "f.yaml:6:4 d r",
  ]);
});

test("problems at one place keep their order", () => {
  const problems = ["second", "first"].map((rule) => ({ path: ["d"], rule, showValue: false }));
  expect(new SourceFile("f.yaml", TEXT).describe(problems)).toEqual(["f.yaml:6:4 d second", "f.yaml:6:4 d first"]);
});

test("every syntax error has a line of its own, and the file no data", () => {
  const { syntaxErrors, data } = new SourceFile("f.yaml", "a: 1\na: 2\na: 3\n");
  expect(syntaxErrors).toEqual([
    "f.yaml:2:1 is not valid YAML: Map keys must be unique",
    "f.yaml:3:1 is not valid YAML: Map keys must be unique",
  ]);
  expect(data).toBeUndefined();
});

test("data without an end has a syntax error at each alias that makes it so, and no data", () => {
  const { syntaxErrors, data } = new SourceFile("f.yaml", "a: &a { b: *a }\nc: &c [*c, *a]\n");
  expect(syntaxErrors).toEqual([
    "f.yaml:1:12 is not valid YAML: *a is a part of itself",
    "f.yaml:2:8 is not valid YAML: *c is a part of itself",
  ]);
  expect(data).toBeUndefined();
});
