import { UNKNOWN, type Attributes } from "../../../rehearsal/plugin/model";
import { IdSource, settle } from "../../../rehearsal/plugin/settle";
import { attribute, computed, nested, schema } from "./schemas";

test("no value stays unknown", () => {
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
  const blocks: Attributes = { some: [{ uid: UNKNOWN }], none: UNKNOWN, single: null };

  expect(settle(object, { ...unknown, ...blocks })).toEqual({
    ...{ text: "", count: 0, on: false, list: [], map: {}, object: { a: "" } },
    ...{ some: [{ uid: "" }], none: [], single: null },
  });
});

test("known values stay", () => {
  expect(settle(schema({ text: computed, none: computed }), { text: "a", none: null })).toEqual({
    ...{ text: "a", none: null },
  });
});

test("an object gets the same id in every run, and its own", () => {
  const ids = new IdSource();
  const first = ids.next("azurerm_thing", { name: "a", id: UNKNOWN });

  expect(first).toMatch(/^azurerm_thing-[0-9a-f]{8}$/);
  expect(new IdSource().next("azurerm_thing", { name: "a", id: UNKNOWN })).toBe(first);
  expect(ids.next("azurerm_thing", { name: "a", id: UNKNOWN })).toBe(`${first}-2`);
  expect(ids.next("azurerm_thing", { name: "b", id: UNKNOWN })).not.toBe(first);
});
