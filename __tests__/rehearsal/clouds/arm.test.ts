import { groupId } from "../../../rehearsal/clouds/arm-ids";
import { createWorld, emptyClouds, GROUP, registryRequest, SUBSCRIPTION } from "./world";

test("a subscription that the tenant has not is not found", () => {
  expect(() => emptyClouds().arm.createGroup("1111", "g", "centralus")).toThrow(
    "SubscriptionNotFound: The subscription '1111' could not be found.",
  );
});

test("a registry needs its resource group", () => {
  expect(() => emptyClouds().arm.createRegistry(registryRequest())).toThrow(
    "ResourceGroupNotFound: Resource group 'acr-rg2' could not be found.",
  );
});

test("the login server is lower case, whatever the name", () => {
  const { arm } = emptyClouds();
  arm.createGroup(SUBSCRIPTION, "acr-rg2", "centralus");
  expect(arm.createRegistry(registryRequest({ name: "AcrDemo2SS" })).loginServer).toBe("acrdemo2ss.azurecr.io");
});

test("a registry name is taken once it exists anywhere, in any case", () => {
  const { clouds } = createWorld();
  clouds.arm.createGroup(SUBSCRIPTION, "other", "centralus");
  expect(() => clouds.arm.createRegistry(registryRequest({ resourceGroup: "other", name: "ACRdemo2ss" }))).toThrow(
    `the name "ACRdemo2ss" used for the Container Registry needs to be globally unique and isn't available: The registry ACRdemo2ss is already in use.`,
  );
});

test("a registry name may belong to somebody else", () => {
  const { arm } = emptyClouds();
  arm.createGroup(SUBSCRIPTION, "acr-rg2", "centralus");
  arm.takenRegistryNames.add("acrdemo2ss");
  expect(() => arm.createRegistry(registryRequest())).toThrow("The registry acrdemo2ss is already in use.");
});

test.each([
  [{ hasNetworkRules: true }, "`network_rule_set_set` can only be specified for a Premium Sku."],
  [{ publicNetworkAccess: false }, "`public_network_access_enabled` can only be disabled for a Premium Sku"],
])("at apply, a Standard registry is refused %j", (wish, message) => {
  const { arm } = emptyClouds();
  arm.createGroup(SUBSCRIPTION, "acr-rg2", "centralus");
  expect(() => arm.createRegistry(registryRequest({ sku: "Standard", ...wish }))).toThrow(message);
});

test("a Premium registry takes network rules and closes public access", () => {
  const { arm } = emptyClouds();
  arm.createGroup(SUBSCRIPTION, "acr-rg2", "centralus");
  const request = registryRequest({ sku: "Premium", hasNetworkRules: true, publicNetworkAccess: false });
  expect(arm.createRegistry(request).sku).toBe("Premium");
});

test("an update is held to the SKU rules too", () => {
  const { clouds, registry } = createWorld();
  expect(() => {
    clouds.arm.updateRegistry(registry, registryRequest({ publicNetworkAccess: false }));
  }).toThrow("`public_network_access_enabled` can only be disabled for a Premium Sku");
});

test("a resource group with a registry in it is not deleted, and the registry is named", () => {
  const { clouds, registry } = createWorld();
  expect(() => {
    clouds.arm.deleteGroup(GROUP);
  }).toThrow(`deleting Resource Group "acr-rg2": the Resource Group still contains Resources.`);
  expect(() => {
    clouds.arm.deleteGroup(GROUP);
  }).toThrow(`* \`${registry.id}\``);
});

test("a resource group is deleted with its content on demand", () => {
  const { clouds, registry } = createWorld();
  clouds.arm.deleteGroup(GROUP, true);
  expect([clouds.arm.groups.get(GROUP), clouds.arm.registries.get(registry.id)]).toEqual([undefined, undefined]);
});

test("ids are found whatever their case", () => {
  const { clouds, registry } = createWorld();
  expect(clouds.arm.registries.get(registry.id.toUpperCase())).toBe(registry);
});

test("a lock on a registry forbids its deletion", () => {
  const { clouds, registry } = createWorld();
  clouds.arm.locks.add({ id: "lock", name: "lock", scope: registry.id, level: "CanNotDelete" });
  expect(() => {
    clouds.arm.deleteResource(registry.id);
  }).toThrow(
    `ScopeLocked: The scope '${registry.id}' cannot perform delete operation because following scope(s) are locked: '${registry.id}'. Please remove the lock and try again.`,
  );
});

test("a lock on a resource group forbids the deletion of what lies in it", () => {
  const { clouds, registry } = createWorld();
  clouds.arm.locks.add({ id: "lock", name: "lock", scope: GROUP, level: "CanNotDelete" });
  expect(() => {
    clouds.arm.deleteResource(registry.id);
  }).toThrow(`following scope(s) are locked: '${GROUP}'`);
});

test("a lock on a group does not hold a group whose name merely begins alike", () => {
  const { clouds } = createWorld();
  clouds.arm.createGroup(SUBSCRIPTION, "acr-rg22", "centralus");
  clouds.arm.locks.add({ id: "lock", name: "lock", scope: GROUP, level: "CanNotDelete" });
  clouds.arm.deleteGroup(groupId(SUBSCRIPTION, "acr-rg22"));
  expect(clouds.arm.groups.get(groupId(SUBSCRIPTION, "acr-rg22"))).toBeUndefined();
});

test("only a ReadOnly lock forbids writing", () => {
  const { clouds, registry } = createWorld();
  const lock = { id: "lock", name: "lock", scope: registry.id };
  clouds.arm.locks.add({ ...lock, level: "CanNotDelete" });
  clouds.arm.locks.assertUnlocked(registry.id, "write");
  clouds.arm.locks.add({ ...lock, level: "ReadOnly" });
  expect(() => {
    clouds.arm.locks.assertUnlocked(registry.id, "write");
  }).toThrow("cannot perform write operation");
});

test("a scope that does not exist is named", () => {
  const { clouds, registry } = createWorld();
  clouds.arm.assertExists(registry.id);
  clouds.arm.assertExists(`/subscriptions/${SUBSCRIPTION}`);
  expect(() => {
    clouds.arm.assertExists(`${registry.id}x`);
  }).toThrow(`ResourceNotFound: The Resource '${registry.id}x' was not found.`);
});

test("vault names are unique everywhere", () => {
  const { clouds } = createWorld();
  clouds.arm.createVault(SUBSCRIPTION, "acr-rg2", "demo-vault", "centralus");
  expect(() => clouds.arm.createVault(SUBSCRIPTION, "acr-rg2", "Demo-Vault", "centralus")).toThrow(
    "VaultAlreadyExists: The vault name 'Demo-Vault' is already in use.",
  );
});

test("a vault keeps every version of a secret and gives the newest", () => {
  const { clouds } = createWorld();
  const vault = clouds.arm.createVault(SUBSCRIPTION, "acr-rg2", "demo-vault", "centralus");
  const old = vault.setSecret("password", "one");
  vault.setSecret("password", "two");
  expect([vault.secret("password")?.value, vault.secret("password", old.version)?.value]).toEqual(["two", "one"]);
  vault.deleteSecret("password");
  expect(vault.secret("password")).toBeUndefined();
});
