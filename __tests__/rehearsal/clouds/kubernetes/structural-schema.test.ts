import { pruned, schemaFaults, type StructuralSchema } from "../../../../rehearsal/clouds/kubernetes/structural-schema";

const SCHEMA: StructuralSchema = {
  type: "object",
  required: ["name"],
  properties: {
    name: { type: "string", minLength: 2 },
    colour: { type: "string", enum: ["red"], default: "red" },
    parts: { type: "array", items: { type: "object", properties: { count: { type: "integer", default: 1 } } } },
    labels: { type: "object", additionalProperties: { type: "string" } },
    open: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  },
};

test("a value is stored with defaults, and without what its schema does not have", () => {
  const value = { name: "ab", parts: [{ other: 1 }], labels: { a: "b" }, open: { a: [1] }, other: 1 };
  expect(pruned(SCHEMA, value)).toEqual({
    ...{ name: "ab", colour: "red", parts: [{ count: 1 }], labels: { a: "b" }, open: { a: [1] } },
  });
});

test.each<[string, Parameters<typeof schemaFaults>[1], string[]]>([
  ["nothing", { name: "ab" }, []],
  ["what is required", {}, ["spec.name: Required value"]],
  ["a type", { name: 1 }, ['spec.name: Invalid value: "integer": spec.name in body must be of type string: "integer"']],
  ["a length", { name: "a" }, ['spec.name: Invalid value: "a": spec.name in body should be at least 2 chars long']],
  ["a choice", { name: "ab", colour: "blue" }, ['spec.colour: Unsupported value: "blue": supported values: "red"']],
  [
    "an item",
    { name: "ab", parts: [{ count: 1 }, { count: "x" }] },
    ['spec.parts[1].count: Invalid value: "string": spec.parts[1].count in body must be of type integer: "string"'],
  ],
])("%s is found wrong", (_title, value, faults) => {
  expect(schemaFaults(SCHEMA, value, "spec")).toEqual(faults);
});
