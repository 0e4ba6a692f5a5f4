import { IdSource } from "../../../rehearsal/sdk/ids";
import { UNKNOWN } from "../../../rehearsal/sdk/model";

test("an object gets the same id in every run, and its own", () => {
  const ids = new IdSource();
  const first = ids.next("azurerm_thing", { name: "a", id: UNKNOWN });

  expect(first).toMatch(/^azurerm_thing-[0-9a-f]{8}$/);
  expect(new IdSource().next("azurerm_thing", { name: "a", id: UNKNOWN })).toBe(first);
  expect(ids.next("azurerm_thing", { name: "a", id: UNKNOWN })).toBe(`${first}-2`);
  expect(ids.next("azurerm_thing", { name: "b", id: UNKNOWN })).not.toBe(first);
});
