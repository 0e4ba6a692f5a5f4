import { UNKNOWN, type Attributes } from "../../../rehearsal/sdk/model";
import { replacedPaths } from "../../../rehearsal/sdk/replace";
import { nested, optional, schema } from "./schemas";

const port = schema({ number: optional, name: optional });
const service = schema(
  { name: optional, tier: optional },
  { port: nested("list", port), rule: nested("set", port), timeouts: nested("single", port) },
);

test("a changed attribute replaces", () => {
  expect(replacedPaths(service, ["name"], { name: "a", tier: "x" }, { name: "b", tier: "y" })).toEqual([["name"]]);
});

test("a value that is not known yet counts as a change", () => {
  expect(replacedPaths(service, ["name"], { name: "a" }, { name: UNKNOWN })).toEqual([["name"]]);
});

test("blocks that are not known yet count as a change of them all", () => {
  expect(replacedPaths(service, ["port.number"], { port: [{ number: "1" }] }, { port: UNKNOWN })).toEqual([["port"]]);
});

test("an equal value does not replace", () => {
  expect(replacedPaths(service, ["name", "port.number"], { name: "a", port: [] }, { name: "a", port: [] })).toEqual([]);
});

test("an absent value does not differ from null", () => {
  expect(replacedPaths(service, ["name", "port"], {}, { name: null, port: [] })).toEqual([]);
});

test("a change inside a list of blocks is found at its index", () => {
  const prior: Attributes = { port: [{ number: "1" }, { number: "2", name: "a" }] };
  const planned: Attributes = { port: [{ number: "1" }, { number: "3", name: "b" }] };

  expect(replacedPaths(service, ["port.number"], prior, planned)).toEqual([["port", 1, "number"]]);
});

test("an added block replaces where it sets the attribute", () => {
  expect(replacedPaths(service, ["port.number"], { port: [] }, { port: [{ name: "a" }] })).toEqual([]);
  expect(replacedPaths(service, ["port.number"], { port: [] }, { port: [{ number: "1" }] })).toEqual([
    ["port", 0, "number"],
  ]);
});

test("a change inside a set is that of the set", () => {
  expect(replacedPaths(service, ["rule.number"], { rule: [{ number: "1" }] }, { rule: [{ number: "2" }] })).toEqual([
    ["rule"],
  ]);
});

test("a change inside a single block is found by name", () => {
  const [prior, planned] = [{ timeouts: { number: "1" } }, { timeouts: { number: "2" } }];

  expect(replacedPaths(service, ["timeouts.number"], prior, planned)).toEqual([["timeouts", "number"]]);
});

test("a path that the schema does not have is an error, even where nothing changed", () => {
  expect(() => replacedPaths(service, ["nmae"], {}, {})).toThrow('replaces "nmae": "nmae" is not in the schema');
  expect(() => replacedPaths(service, ["port.nmae"], { port: [{}] }, { port: [{ name: "a" }] })).toThrow(
    'replaces "port.nmae": "nmae" is not in the schema',
  );
});
