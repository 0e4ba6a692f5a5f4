import { checkCombinations } from "../../../rehearsal/sdk/combinations";
import { UNKNOWN, type Attributes } from "../../../rehearsal/sdk/model";

const facts = {
  conflicts: { "metadata.name": ["metadata.generate_name"], data_wo: ["data"] },
  exactlyOneOf: [["role_id", "role_name"]],
  requiredWith: { data_wo_revision: ["data_wo"] },
  items: { "spec.families": [0, 2], "rule.verbs": [1] },
} as const;

const check = (config: Attributes) => () => {
  checkCombinations(facts, { role_name: "a", ...config });
};

test.each<[string, Attributes, string]>([
  [
    "two that exclude each other",
    { data_wo: { a: "b" }, data: { a: "b" } },
    'Conflicting configuration arguments\n\n"data_wo": conflicts with data',
  ],
  [
    "the same inside a block",
    { metadata: [{ name: "a", generate_name: "b" }] },
    'Conflicting configuration arguments\n\n"metadata.name": conflicts with metadata.generate_name',
  ],
  [
    "none where one is needed",
    { role_name: null },
    'Invalid combination of arguments\n\n"role_id": one of `role_id,role_name` must be specified',
  ],
  [
    "two where one is allowed",
    { role_id: "b" },
    '"role_id": only one of `role_id,role_name` can be specified, but `role_id,role_name` were specified.',
  ],
  [
    "one without the other",
    { data_wo_revision: 1 },
    'Missing required argument\n\n"data_wo_revision": all of `data_wo,data_wo_revision` must be specified',
  ],
  [
    "a list that is too short, in any block",
    { rule: [{ verbs: ["get"] }, { verbs: [] }] },
    "Not enough list items\n\nAttribute rule.verbs requires 1 item minimum, but config has only 0 declared.",
  ],
  [
    "a list that is too long",
    { spec: [{ families: ["a", "b", "c"] }] },
    "Too many list items\n\nAttribute spec.families supports 2 item maximum, but config has 3 declared.",
  ],
])("%s", (_, config, message) => {
  expect(check(config)).toThrow(message);
});

test.each<[string, Attributes]>([
  ["what is given alone", { data_wo: { a: "b" }, data_wo_revision: 1 }],
  ["what is not known yet", { data: UNKNOWN, data_wo: { a: "b" } }],
  ["what may turn out to be the one", { role_name: null, role_id: UNKNOWN }],
  ["empty blocks", { metadata: [] }],
])("%s is allowed", (_, config) => {
  expect(check(config)).not.toThrow();
});
