import type { Attributes } from "../../../../rehearsal/sdk/model";
import { UNKNOWN } from "../../../../rehearsal/sdk/model";
import { resource, setUp } from "../harness";
import { REGISTRY, REGISTRY_ID, withRegistry } from "./fixture";

function plan(overrides: Attributes): Attributes {
  return resource(setUp().providers.azurerm, "azurerm_container_registry").plan({ ...REGISTRY, ...overrides });
}

test("a registry gets its id and login server, and no admin password", async () => {
  const { registry } = await withRegistry();
  expect(registry).toMatchObject({
    id: REGISTRY_ID,
    login_server: "acrdemo2ss.azurecr.io",
    admin_enabled: false,
    admin_username: "",
    admin_password: "",
  });
});

test("a registry is read back as it is", async () => {
  const { type, registry } = await withRegistry();
  expect(await type("azurerm_container_registry").drift(registry)).toEqual([]);
});

test("the admin user has the registry's name and a password", async () => {
  const { registry, clouds } = await withRegistry({ admin_enabled: true });
  expect(registry.admin_username).toBe("acrdemo2ss");
  expect(clouds.secrets()).toContain(registry.admin_password);
});

test("the SKU and the admin user change in place", async () => {
  const { type, registry } = await withRegistry();
  const changed = await type("azurerm_container_registry").update(registry, { sku: "Standard", admin_enabled: true });
  expect(changed).toMatchObject({ id: REGISTRY_ID, sku: "Standard", admin_username: "acrdemo2ss" });
});

test("a registry that exists has to be imported, and can be", async () => {
  const { type } = await withRegistry();
  await expect(type("azurerm_container_registry").create(REGISTRY)).rejects.toThrow(
    `A resource with the ID "${REGISTRY_ID}" already exists - to be managed via Terraform`,
  );
  expect(await type("azurerm_container_registry").import(REGISTRY_ID)).toMatchObject({
    ...REGISTRY,
    tags: {},
    login_server: "acrdemo2ss.azurecr.io",
  });
});

test("a registry that was changed or deleted by others is seen", async () => {
  const { type, registry, clouds } = await withRegistry();
  const real = clouds.arm.registries.get(REGISTRY_ID);
  if (real) real.sku = "Premium";
  expect(await type("azurerm_container_registry").read(registry)).toMatchObject({ sku: "Premium" });
  await type("azurerm_container_registry").delete(registry);
  expect(await type("azurerm_container_registry").read(registry)).toBeUndefined();
});

test.each<[Attributes, string]>([
  [
    { georeplications: [{ location: "westus" }] },
    "an ACR geo-replication can only be applied when using the Premium Sku",
  ],
  [{ quarantine_policy_enabled: true }, "an ACR quarantine policy can only be applied when using the Premium Sku"],
  [{ retention_policy_in_days: 7 }, "an ACR retention policy can only be applied when using the Premium Sku"],
  [{ trust_policy_enabled: true }, "an ACR trust policy can only be applied when using the Premium Sku"],
  [{ export_policy_enabled: false }, "an ACR export policy can only be disabled when using the Premium Sku"],
  [{ encryption: [{}] }, "an ACR encryption can only be applied when using the Premium Sku"],
  [{ zone_redundancy_enabled: true }, "ACR zone redundancy can only be applied when using the Premium Sku"],
  [{ data_endpoint_enabled: true }, "`data_endpoint_enabled` can only be applied when using the Premium Sku"],
])("at plan, Standard is refused %j and Premium is not", (wish, message) => {
  expect(() => plan({ sku: "Standard", ...wish })).toThrow(message);
  expect(plan({ sku: "Premium", ...wish })).toMatchObject(wish);
});

test("at plan, anonymous pull is refused to Basic only", () => {
  expect(() => plan({ anonymous_pull_enabled: true })).toThrow(
    "`anonymous_pull_enabled` can only be applied when using the Standard/Premium Sku",
  );
  expect(plan({ sku: "Standard", anonymous_pull_enabled: true })).toMatchObject({ sku: "Standard" });
});

test("at plan, what only apply checks passes, and apply refuses it", async () => {
  expect(plan({ public_network_access_enabled: false })).toMatchObject({ sku: "Basic" });
  await expect(withRegistry({ public_network_access_enabled: false })).rejects.toThrow(
    "`public_network_access_enabled` can only be disabled for a Premium Sku",
  );
});

test.each([
  ["acr-demo", 'alpha numeric characters only are allowed in "name": "acr-demo"'],
  ["acr1", '"name" cannot be less than 5 characters: "acr1"'],
  ["a".repeat(51), `"name" cannot be longer than 50 characters: "${"a".repeat(51)}" 51`],
])("at plan, the name %s is refused", (name, message) => {
  expect(() => plan({ name })).toThrow(message);
});

test.each(["acrde", "a".repeat(50)])("at plan, the name %s passes", (name) => {
  expect(plan({ name })).toMatchObject({ name });
});

test("at plan, what is unknown passes", () => {
  expect(plan({ name: UNKNOWN, sku: UNKNOWN, trust_policy_enabled: true })).toMatchObject({ sku: UNKNOWN });
});
