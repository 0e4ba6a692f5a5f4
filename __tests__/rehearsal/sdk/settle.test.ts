import { UNKNOWN, type Attributes } from "../../../rehearsal/sdk/model";
import { settle } from "../../../rehearsal/sdk/settle";
import { attribute, computed, nested, optional, schema } from "./schemas";

const list = attribute({ type: ["list", "string"], optional: true });
const flag = attribute({ type: "bool", optional: true });

test("no value of a type that nobody read stays unknown", () => {
  const inner = schema({ uid: computed });
  const object = schema(
    {
      text: computed,
      count: attribute({ type: "number" }),
      on: attribute({ type: "bool" }),
      list: attribute({ type: ["list", "string"] }),
      map: attribute({ type: ["map", "string"] }),
      object: attribute({ type: ["object", { a: "string" }] }),
    },
    { some: nested("list", inner), none: nested("list", inner), single: nested("single", inner) },
  );
  const unknown: Attributes = Object.fromEntries(Object.keys(object.attributes).map((name) => [name, UNKNOWN]));
  const planned: Attributes = { ...unknown, some: [{ uid: UNKNOWN }], none: UNKNOWN, single: null };

  expect(settle(object, {}, "apply", planned, planned)).toEqual({
    ...{ text: "", count: 0, on: false, list: [], map: {}, object: { a: "" } },
    ...{ some: [{ uid: "" }], none: [], single: null },
  });
});

test("known values stay", () => {
  const object = { text: "a", none: null };
  expect(settle(schema({ text: computed, none: computed }), {}, "apply", object, object)).toEqual(object);
});

describe("of what is neither given nor computed", () => {
  const object = schema({ read: optional, other: optional, id: computed });
  const nothing: Attributes = { read: null, other: null, id: UNKNOWN };

  test("the provider writes zeros of what it reads, and leaves the rest null", () => {
    expect(settle(object, { reads: ["read"] }, "apply", nothing, nothing)).toEqual({ read: "", other: null, id: null });
  });

  test("what a model leaves out itself stays out", () => {
    expect(settle(object, { reads: ["id"] }, "apply", { ...nothing, id: null }, nothing)).toMatchObject({ id: null });
  });

  test("a block has zeros all the way down", () => {
    const inner = schema({ on: flag, args: list }, { deep: nested("list", schema({ name: optional })) });
    const outer = schema({}, { spec: nested("list", inner) });
    const planned = { spec: [{ on: null, args: null, deep: [{ name: null }] }] };

    expect(settle(outer, {}, "apply", planned, planned)).toEqual({
      spec: [{ on: false, args: null, deep: [{ name: "" }] }],
    });
  });

  test("an empty collection stays null after an apply, and is empty after a read", () => {
    const object = schema({ args: list });
    const [now, then] = [{ args: [] }, { args: null }];

    expect(settle(object, { reads: ["args"] }, "apply", now, then)).toEqual({ args: null });
    expect(settle(object, { reads: ["args"] }, "read", now, then)).toEqual({ args: [] });
    expect(settle(object, { reads: ["args"] }, "apply", now, now)).toEqual({ args: [] });
  });

  test("a set is as it was planned", () => {
    const set = schema({}, { build: nested("set", schema({ name: optional, on: flag })) });
    const planned = { build: [{ name: "", on: null }] };

    expect(settle(set, {}, "apply", planned, planned)).toEqual(planned);
  });
});
