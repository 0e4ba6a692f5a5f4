import { readDocuments } from "../../manifests/yaml-documents";

const dataOf = (text: string) => readDocuments("a.yaml", Buffer.from(text)).documents.map(({ data }) => data);

test.each([
  ["octal modes", "a: 0644", 420],
  ["octal modes of YAML 1.2, which kubectl takes for texts", "a: 0o644", "0o644"],
  ["hexadecimal", "a: 0x1F", 31],
  ["yes", "a: yes", true],
  ["off", "a: Off", false],
  ["a quoted yes", 'a: "yes"', "yes"],
  ["a time", "a: 12:30", "12:30"],
  ["a pair of ports", "a: 22:22", "22:22"],
  ["a date", "a: 2026-01-31", "2026-01-31"],
  ["nothing", "a: ~", null],
])("reads %s as kubectl does", (_title, text, value) => {
  expect(dataOf(text)).toEqual([{ a: value }]);
});

it("reads every document that holds something", () => {
  expect(dataOf("---\n# only a comment\n---\na: 1\n---\n---\nb: 2\n...\n")).toEqual([{ a: 1 }, { b: 2 }]);
});

it("resolves anchors, and merges", () => {
  expect(dataOf("a: &x { b: 1 }\nc: *x\nd: { <<: *x, e: 2 }")).toEqual([
    { a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } },
  ]);
});

it("resolves no bomb of anchors", () => {
  const levels = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
  for (const [index, name] of ["b", "c", "d"].entries()) {
    const from = "abc".charAt(index);
    levels.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${from}`).join(", ")}]`);
  }
  expect(readDocuments("a.yaml", Buffer.from(levels.join("\n"))).syntaxErrors).toEqual([
    "a.yaml:1:1 is not valid YAML: Excessive alias count indicates a resource exhaustion attack",
  ]);
});

it("reads JSON", () => {
  expect(dataOf('{ "a": [1, true, null, "x"] }')).toEqual([{ a: [1, true, null, "x"] }]);
});

it("knows the place of a value in the second document", () => {
  const [, second] = readDocuments("a.yaml", Buffer.from("a: 1\n---\nb:\n  - c: 2\n")).documents;
  expect(second?.places.placeOf(["b", 0, "c"])).toBe("a.yaml:4:8");
});

it("refuses bytes that are no text", () => {
  expect(readDocuments("a.yaml", Buffer.from([0x61, 0x3a, 0x20, 0xff])).syntaxErrors).toEqual([
    "a.yaml:1:1 is not valid YAML: the file must be UTF-8",
  ]);
});
