import { text } from "../../../../rehearsal/providers/values";
import { GROUP_ID, withRegistry } from "./fixture";

const VAULT = { name: "demo-vault", resource_group_name: "acr-rg2", location: "centralus", tenant_id: "t" };
const VAULT_ID = `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/demo-vault`;

async function withVault() {
  const world = await withRegistry();
  const vault = await world.type("azurerm_key_vault").create(VAULT);
  const secrets = world.type("azurerm_key_vault_secret");
  const open = world.providers.azurerm.ephemeralResources?.azurerm_key_vault_secret;
  return { ...world, vault, secrets, open };
}

test("a vault gets its id and address, and goes", async () => {
  const { vault, type } = await withVault();
  expect(vault).toMatchObject({ id: VAULT_ID, vault_uri: "https://demo-vault.vault.azure.net/" });
  await expect(type("azurerm_key_vault").create(VAULT)).rejects.toThrow(`"${VAULT_ID}" already exists`);
  await type("azurerm_key_vault").delete(vault);
  expect(await type("azurerm_key_vault").read(vault)).toBeUndefined();
});

test("a secret gets a versioned address, and is read back as it is", async () => {
  const { secrets } = await withVault();
  const state = await secrets.create({ name: "password", key_vault_id: VAULT_ID, value: "one" });
  const version = text(state, "version");
  expect(state).toMatchObject({
    id: `https://demo-vault.vault.azure.net/secrets/password/${version}`,
    versionless_id: "https://demo-vault.vault.azure.net/secrets/password",
    resource_id: `${VAULT_ID}/secrets/password/versions/${version}`,
  });
  expect(await secrets.drift(state)).toEqual([]);
});

test("a new value is a new version", async () => {
  const { secrets, clouds } = await withVault();
  const state = await secrets.create({ name: "password", key_vault_id: VAULT_ID, value: "one" });
  const changed = await secrets.update(state, { value: "two" });
  expect(changed.version).not.toBe(state.version);
  expect(clouds.arm.vaults.get(VAULT_ID)?.secret("password")?.value).toBe("two");
});

test("a write-only value reaches the vault and not the state, and again when its version changes", async () => {
  const { secrets, clouds } = await withVault();
  const secret = { name: "password", key_vault_id: VAULT_ID };
  const planned = { ...secret, value: null, value_wo_version: 1 };
  const created = await secrets.model.create(planned, { ...planned, value_wo: "one" });
  const state = { ...planned, ...created };
  expect(JSON.stringify(state)).not.toContain("one");
  expect(await secrets.drift(state)).toEqual([]);
  const vault = clouds.arm.vaults.get(VAULT_ID);
  await secrets.model.update?.(state, state, { ...state, value_wo: "two" });
  expect(vault?.secret("password")?.value).toBe("one");
  await secrets.model.update?.(state, { ...state, value_wo_version: 2 }, { ...state, value_wo: "two" });
  expect(vault?.secret("password")?.value).toBe("two");
});

test("a write-only value without its version is not seen", async () => {
  const { secrets } = await withVault();
  await expect(
    secrets.create({ name: "password", key_vault_id: VAULT_ID, value: null, value_wo: "one" }),
  ).rejects.toThrow('"value_wo": all of `value_wo,value_wo_version` must be specified');
});

test("a secret that exists has to be imported", async () => {
  const { secrets } = await withVault();
  await secrets.create({ name: "password", key_vault_id: VAULT_ID, value: "one" });
  await expect(secrets.create({ name: "password", key_vault_id: VAULT_ID, value: "one" })).rejects.toThrow(
    /A resource with the ID "https:\/\/demo-vault\.vault\.azure\.net\/secrets\/password\/[0-9a-f]{32}" already exists/,
  );
});

test("a secret needs its vault", async () => {
  const { secrets } = await withVault();
  await expect(secrets.create({ name: "password", key_vault_id: "/nowhere", value: "x" })).rejects.toThrow(
    'looking up Key Vault "/nowhere": the Key Vault was not found',
  );
});

test("the ephemeral secret opens to the newest value, or to the version asked for", async () => {
  const { secrets, open } = await withVault();
  const state = await secrets.create({ name: "password", key_vault_id: VAULT_ID, value: "one" });
  await secrets.update(state, { value: "two" });
  const config = { name: "password", key_vault_id: VAULT_ID };
  expect(await open?.read(config)).toMatchObject({ value: "two" });
  expect(await open?.read({ ...config, version: state.version ?? null })).toMatchObject({ value: "one" });
});

test("the ephemeral secret has to exist by the time it is opened", async () => {
  const { open } = await withVault();
  expect(() => open?.read({ name: "password", key_vault_id: VAULT_ID })).toThrow(
    "A secret with (name/id) password was not found in this key vault: https://demo-vault.vault.azure.net/",
  );
});

test("a deleted secret is gone", async () => {
  const { secrets } = await withVault();
  const state = await secrets.create({ name: "password", key_vault_id: VAULT_ID, value: "one" });
  await secrets.delete(state);
  expect(await secrets.read(state)).toBeUndefined();
});
