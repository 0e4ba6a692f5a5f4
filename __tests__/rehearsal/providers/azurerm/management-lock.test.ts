import { REGISTRY_ID, withRegistry } from "./fixture";

const LOCK = { name: "keep", scope: REGISTRY_ID, lock_level: "CanNotDelete" };

test("a lock gets its id, is read back, and goes", async () => {
  const locks = (await withRegistry()).type("azurerm_management_lock");
  const state = await locks.create(LOCK);
  expect(state.id).toBe(`${REGISTRY_ID}/providers/Microsoft.Authorization/locks/keep`);
  expect(await locks.read(state)).toEqual(state);
  await locks.delete(state);
  expect(await locks.read(state)).toBeUndefined();
});

test("a lock holds its registry", async () => {
  const { type, registry } = await withRegistry();
  await type("azurerm_management_lock").create(LOCK);
  await expect(type("azurerm_container_registry").delete(registry)).rejects.toThrow("ScopeLocked");
});

test("a lock that exists has to be imported", async () => {
  const locks = (await withRegistry()).type("azurerm_management_lock");
  await locks.create(LOCK);
  await expect(locks.create(LOCK)).rejects.toThrow('/locks/keep" already exists - to be managed via Terraform');
});

test("every change replaces", async () => {
  const locks = (await withRegistry()).type("azurerm_management_lock");
  expect(locks.model.replaces).toEqual(["name", "scope", "lock_level", "notes"]);
});
