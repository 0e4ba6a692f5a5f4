import { labelValue } from "../../constructs/label-value";

test.each([
  ["v1.2.3-rc.1", "v1.2.3-rc.1"],
  ["_v1", "v1"],
  ["v1-", "v1"],
  ["a".repeat(64), "a".repeat(63)],
  [`${"a".repeat(62)}-b`, "a".repeat(62)],
  ["_", ""],
  ["", ""],
])("the tag %s is the label's value %j", (tag, value) => {
  expect(labelValue(tag)).toBe(value);
});
