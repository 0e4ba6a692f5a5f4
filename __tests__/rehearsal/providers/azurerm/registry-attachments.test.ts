import type { Attributes } from "../../../../rehearsal/sdk/model";
import { GROUP_ID, REGISTRY_ID, withRegistry } from "./fixture";

const SUBNET = `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/hub/subnets/one`;
const LOCK: Attributes = { name: "acr-pull", scope: REGISTRY_ID, lock_level: "CanNotDelete" };

/** Each with what it needs, and the id that it gets. */
const ATTACHMENTS: readonly (readonly [type: string, config: Attributes, id: string])[] = [
  [
    "azurerm_container_registry_webhook",
    {
      ...{ name: "scanhook", registry_name: "acrdemo2ss", resource_group_name: "acr-rg2", location: "centralus" },
      ...{ service_uri: "https://scan.example", actions: ["push"] },
    },
    `${REGISTRY_ID}/webHooks/scanhook`,
  ],
  [
    "azurerm_container_registry_cache_rule",
    { container_registry_id: REGISTRY_ID, name: "nginx", source_repo: "docker.io/library/nginx", target_repo: "nginx" },
    `${REGISTRY_ID}/cacheRules/nginx`,
  ],
  [
    "azurerm_container_registry_credential_set",
    {
      ...{ container_registry_id: REGISTRY_ID, name: "docker-hub", login_server: "docker.io" },
      identity: [{ type: "SystemAssigned" }],
      authentication_credentials: [
        {
          username_secret_id: "https://kv.vault.azure.net/secrets/user",
          password_secret_id: "https://kv.vault.azure.net/secrets/token",
        },
      ],
    },
    `${REGISTRY_ID}/credentialSets/docker-hub`,
  ],
  [
    "azurerm_monitor_diagnostic_setting",
    {
      ...{ name: "acr-pull", target_resource_id: REGISTRY_ID, storage_account_id: `${GROUP_ID}/x` },
      enabled_log: [{ category: "ContainerRegistryLoginEvents" }],
    },
    `${REGISTRY_ID}|acr-pull`,
  ],
  [
    "azurerm_private_endpoint",
    {
      ...{ name: "hub", resource_group_name: "acr-rg2", location: "centralus", subnet_id: SUBNET },
      private_service_connection: [
        { name: "hub", private_connection_resource_id: REGISTRY_ID, is_manual_connection: false },
      ],
    },
    `${GROUP_ID}/providers/Microsoft.Network/privateEndpoints/hub`,
  ],
];

describe.each(ATTACHMENTS)("%s", (type, config, id) => {
  it("is there from its creation to its deletion, once", async () => {
    const world = await withRegistry({ sku: "Premium" });
    const before = world.clouds.leftovers();
    const resource = world.type(type);
    const created = await resource.create(config);
    expect(created.id).toBe(id);
    expect(await resource.read(created)).toMatchObject({ id, name: config.name });
    await expect(resource.create(config)).rejects.toThrow(`"${id}" already exists`);
    expect(world.clouds.leftovers()).toContain(id);
    await resource.delete(created);
    expect(await resource.read(created)).toBeUndefined();
    expect(world.clouds.leftovers()).toEqual(before);
  });

  it("needs its registry", async () => {
    const world = await withRegistry({ sku: "Premium" });
    await world.type("azurerm_container_registry").delete(world.registry);
    await expect(world.type(type).create(config)).rejects.toThrow(/ResourceNotFound/);
  });
});

it.each(ATTACHMENTS.filter(([type]) => type !== "azurerm_private_endpoint"))(
  "a lock of the registry holds %s, until it is lifted",
  async (type, config, id) => {
    const world = await withRegistry({ sku: "Premium" });
    const created = await world.type(type).create(config);
    const lock = await world.type("azurerm_management_lock").create(LOCK);
    const held = id.includes("|") ? REGISTRY_ID : id;
    await expect(world.type(type).delete(created)).rejects.toThrow(`ScopeLocked: The scope '${held}`);
    await expect(world.type("azurerm_container_registry").delete(world.registry)).rejects.toThrow(/ScopeLocked/);
    await world.type("azurerm_management_lock").delete(lock);
    await world.type(type).delete(created);
  },
);

it("a lock is one of its name, and locks what is there", async () => {
  const world = await withRegistry();
  const locks = world.type("azurerm_management_lock");
  const lock = await locks.create(LOCK);
  expect(await locks.read(lock)).toEqual(lock);
  await expect(locks.create(LOCK)).rejects.toThrow(/already exists/);
  await expect(locks.create({ ...LOCK, scope: `${GROUP_ID}/nothing` })).rejects.toThrow(/ResourceNotFound/);
});

it("a login to another registry has an identity of its own, which goes with it", async () => {
  const world = await withRegistry({ sku: "Premium" });
  const [type, config] = ATTACHMENTS[2] ?? ["", {}];
  const sets = world.type(type);
  const created = await sets.create(config);
  const [{ principal_id: objectId }] = created.identity as [{ principal_id: string }];
  expect(world.clouds.entra.principals.has(objectId)).toBe(true);
  await sets.delete(created);
  expect(world.clouds.entra.principals.has(objectId)).toBe(false);
});

it("a registry says where its layers lie, and rules that nothing is said of stay", async () => {
  const rules = [{ default_action: "Deny", ip_rule: [{ action: "Allow", ip_range: "203.0.113.0/24" }] }];
  const world = await withRegistry({
    ...{ sku: "Premium", data_endpoint_enabled: true, network_rule_set: rules },
    georeplications: [{ location: "eastus" }],
  });
  const { registry, clouds } = world;
  expect(registry.data_endpoint_host_names).toEqual([
    "acrdemo2ss.centralus.data.azurecr.io",
    "acrdemo2ss.eastus.data.azurecr.io",
  ]);
  const real = () => clouds.arm.registries.get(REGISTRY_ID)?.allow;
  expect(real()).toEqual(["203.0.113.0/24"]);
  const registries = world.type("azurerm_container_registry");
  const silent = await registries.update(registry, { admin_enabled: true });
  expect(real()).toEqual(["203.0.113.0/24"]);
  await registries.update(silent, { network_rule_set: [{ default_action: "Allow", ip_rule: [] }] });
  expect(real()).toBeUndefined();
});

it("a cache rule that loses its login is another one, and one that gets or changes it is not", async () => {
  const { type, clouds } = await withRegistry();
  const rules = type("azurerm_container_registry_cache_rule");
  const [, config = {}] = ATTACHMENTS[1] ?? [];
  const [one, other] = [`${REGISTRY_ID}/credentialSets/one`, `${REGISTRY_ID}/credentialSets/other`];
  const silent = await rules.create(config);
  expect(silent.credential_set_id).toBe("");
  expect(rules.replaced(silent, config)).toEqual([]);
  expect(rules.replaced(silent, { ...config, credential_set_id: one })).toEqual([]);
  const signed = await rules.update(silent, { credential_set_id: one });
  const real = () => clouds.arm.registries.get(REGISTRY_ID)?.cacheRules.get("nginx")?.credentialSetId;
  expect(real()).toBe(one);
  expect(rules.replaced(signed, { ...config, credential_set_id: other })).toEqual([]);
  expect(rules.replaced(signed, config)).toEqual(["credential_set_id"]);
});

it("a login reads the secrets that it is given, and others after a change", async () => {
  const { type, clouds } = await withRegistry();
  const sets = type("azurerm_container_registry_credential_set");
  const [, config = {}, id = ""] = ATTACHMENTS[2] ?? [];
  const created = await sets.create(config);
  const real = () => clouds.arm.registries.get(REGISTRY_ID)?.credentialSets.get(id);
  const [{ principal_id: principalId }] = created.identity as [{ principal_id: string }];
  expect(real()).toEqual({
    ...{ loginServer: "docker.io", principalId },
    usernameSecret: "https://kv.vault.azure.net/secrets/user",
    passwordSecret: "https://kv.vault.azure.net/secrets/token",
  });
  const password_secret_id = "https://kv.vault.azure.net/secrets/new-token";
  const username_secret_id = "https://kv.vault.azure.net/secrets/user";
  await sets.update(created, { authentication_credentials: [{ username_secret_id, password_secret_id }] });
  expect(real()?.passwordSecret).toBe(password_secret_id);
  await sets.delete(created);
  expect(real()).toBeUndefined();
});

it("a private endpoint is one of its registry while it is there, with its names or without", async () => {
  const { type, clouds } = await withRegistry({ sku: "Premium" });
  const endpoints = type("azurerm_private_endpoint");
  const [, config = {}, id = ""] = ATTACHMENTS[4] ?? [];
  const zone = `${GROUP_ID}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`;
  const real = () => clouds.arm.registries.get(REGISTRY_ID)?.endpoints.get(id);
  const silent = await endpoints.create(config);
  expect(real()).toEqual({ hasZoneGroup: false });
  expect(silent.private_dns_zone_configs).toEqual([]);
  const group = [{ name: "default", private_dns_zone_ids: [zone] }];
  const named = await endpoints.update(silent, { private_dns_zone_group: group });
  expect(real()).toEqual({ hasZoneGroup: true });
  expect(named.private_dns_zone_configs).toMatchObject([
    { private_dns_zone_id: zone, record_sets: [{ ip_addresses: ["10.1.0.4"] }] },
  ]);
  await endpoints.delete(named);
  expect(real()).toBeUndefined();
});
