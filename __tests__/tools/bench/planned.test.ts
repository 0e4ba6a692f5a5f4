import { assertSamePlan } from "../../../tools/bench/planned";

const change = (after: object, actions = ["create"]) => ({ actions, after, after_unknown: {}, after_sensitive: {} });
const resource = (type: string, after: object) => ({ type, change: change(after) });
const show = (...resource_changes: object[]) => JSON.stringify({ resource_changes });
const [group, registry] = [resource("group", { name: "g" }), resource("registry", { sku: "Basic", tags: {} })];

test("plans are the same whatever the order of their resources", () => {
  expect(() => {
    assertSamePlan("demo", show(group, registry), show(registry, group));
  }).not.toThrow();
});

test("another value is named with its type", () => {
  const other = resource("registry", { sku: "Standard", tags: {} });
  expect(() => {
    assertSamePlan("demo", show(group, registry), show(group, other));
  }).toThrow(
    new Error(
      'demo: tools/bench/hcl/demo must plan the same, - ours, + by hand:\n- registry.after.sku = "Basic"\n+ registry.after.sku = "Standard"',
    ),
  );
});

test("a resource too few is named", () => {
  expect(() => {
    assertSamePlan("demo", show(group, group), show(group));
  }).toThrow(
    new Error(
      'demo: tools/bench/hcl/demo must plan the same, - ours, + by hand:\n- group.after.name = "g"\n- group.after_unknown = {}\n- group.after_sensitive = {}',
    ),
  );
});

test("values that are swapped between two resources of a type are not the same", () => {
  const of = (name: string, end: string) => resource("password", { name, end });
  expect(() => {
    assertSamePlan("demo", show(of("a", "1"), of("b", "2")), show(of("a", "2"), of("b", "1")));
  }).toThrow(new Error("demo: tools/bench/hcl/demo must plan the same, - ours, + by hand:"));
});

test("data sources are compared, remote states are not", () => {
  const read = (...resources: object[]) => JSON.stringify({ prior_state: { values: { root_module: { resources } } } });
  const caller = (id: string) => ({ type: "caller", values: { id } });
  const state = (outputs: object) => ({ type: "terraform_remote_state", values: { outputs } });
  expect(() => {
    assertSamePlan("demo", read(caller("1"), state({ a: 1 })), read(state({ b: 1 }), caller("1")));
  }).not.toThrow();
  expect(() => {
    assertSamePlan("demo", read(caller("1")), read(caller("2")));
  }).toThrow(
    new Error(
      'demo: tools/bench/hcl/demo must plan the same, - ours, + by hand:\n- caller.values.id = "1"\n+ caller.values.id = "2"',
    ),
  );
});

test("a plan of what exists already proves nothing", () => {
  const existing = { type: "group", change: change({ name: "g" }, ["no-op"]) };
  expect(() => {
    assertSamePlan("demo", show(existing), show(existing));
  }).toThrow(new Error("demo: a plan from an empty state must create group, got: no-op"));
});
