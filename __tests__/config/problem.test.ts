import { ConfigError, suggestion } from "../../config/problem";

test.each([
  ["replica", '; did you mean "replicas"?'],
  ["repilcas", '; did you mean "replicas"?'],
  ["port", '; did you mean "port"?'],
  ["autoscaling", ""],
])("for %s the suggestion is %j", (word, text) => {
  expect(suggestion(word, ["port", "replicas"])).toBe(text);
});

test("nothing is suggested where nothing is known", () => {
  expect(suggestion("port", [])).toBe("");
});

test("a configuration error has a line for each problem", () => {
  expect(new ConfigError(["one", "two"])).toMatchObject({ name: "ConfigError", message: "one\ntwo" });
});
