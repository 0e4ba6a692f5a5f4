import { SUBSCRIPTION } from "../harness";
import { GROUP_ID, withRegistry } from "./fixture";

test("a group gets its id, and is read back as it is", async () => {
  const { type, group } = await withRegistry();
  expect(group.id).toBe(GROUP_ID);
  expect(await type("azurerm_resource_group").drift(group)).toEqual([]);
});

test("a group that exists has to be imported", async () => {
  const { type } = await withRegistry();
  await expect(type("azurerm_resource_group").create({ name: "acr-rg2", location: "centralus" })).rejects.toThrow(
    `A resource with the ID "${GROUP_ID}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "azurerm_resource_group" for more information.`,
  );
  expect(await type("azurerm_resource_group").import(GROUP_ID)).toMatchObject({
    name: "acr-rg2",
    location: "centralus",
  });
});

test("a group that does not exist cannot be imported", async () => {
  const { type } = await withRegistry();
  await expect(type("azurerm_resource_group").import("/x")).rejects.toThrow(
    "Cannot import non-existent remote object: /x",
  );
});

test("tags change in place, name and location do not", async () => {
  const { type, group, clouds } = await withRegistry();
  const groups = type("azurerm_resource_group");
  await groups.update(group, { tags: { team: "web" } });
  expect(clouds.arm.groups.get(GROUP_ID)?.tags).toEqual({ team: "web" });
  expect(groups.replaced(group, { name: "other", location: "westeurope" })).toEqual(["location", "name"]);
});

test("a group with a registry in it is kept, unless the provider's feature says otherwise", async () => {
  const { type, group, providers } = await withRegistry();
  await expect(type("azurerm_resource_group").delete(group)).rejects.toThrow(
    "the Resource Group still contains Resources",
  );
  const resource_group = [{ prevent_deletion_if_contains_resources: false }];
  providers.azurerm.configure?.({ features: [{ resource_group }], subscription_id: SUBSCRIPTION });
  await type("azurerm_resource_group").delete(group);
  expect(await type("azurerm_resource_group").read(group)).toBeUndefined();
});
