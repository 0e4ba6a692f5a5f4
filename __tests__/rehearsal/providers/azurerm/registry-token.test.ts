import { REGISTRY_ID, withRegistry } from "./fixture";

const PLACE = { container_registry_name: "acrdemo2ss", resource_group_name: "acr-rg2" };
const MAP = { ...PLACE, name: "pull", actions: ["repositories/app2/acr-app2/content/read"] };
const TOKEN = { ...PLACE, name: "cluster-1", scope_map_id: `${REGISTRY_ID}/scopeMaps/pull` };
const TOKEN_ID = `${REGISTRY_ID}/tokens/cluster-1`;
const PASSWORD = { container_registry_token_id: TOKEN_ID, password1: [{ expiry: "2026-02-01T00:00:00Z" }] };

async function withToken() {
  const world = await withRegistry();
  const [maps, tokens] = [
    world.type("azurerm_container_registry_scope_map"),
    world.type("azurerm_container_registry_token"),
  ];
  const map = await maps.create(MAP);
  const token = await tokens.create(TOKEN);
  const passwords = world.type("azurerm_container_registry_token_password");
  const real = () => world.clouds.arm.registries.get(REGISTRY_ID)?.tokens.get("cluster-1");
  return { ...world, maps, tokens, passwords, map, token, real };
}

test("scope map and token get their ids, and are read back as they are", async () => {
  const { maps, tokens, map, token } = await withToken();
  expect([map.id, token.id]).toEqual([TOKEN.scope_map_id, TOKEN_ID]);
  expect([await maps.read(map), await tokens.read(token)]).toEqual([map, token]);
});

test("scope map and token that exist have to be imported", async () => {
  const { maps, tokens } = await withToken();
  await expect(maps.create(MAP)).rejects.toThrow(`"${TOKEN.scope_map_id}" already exists`);
  await expect(tokens.create(TOKEN)).rejects.toThrow(`"${TOKEN_ID}" already exists`);
});

test("scope map and token need their registry", async () => {
  const { maps } = await withToken();
  await expect(maps.create({ ...MAP, container_registry_name: "other" })).rejects.toThrow(
    'ParentResourceNotFound: registry "other" in resource group "acr-rg2" was not found.',
  );
});

test("actions and state change in place", async () => {
  const { maps, tokens, map, token, clouds, real } = await withToken();
  await maps.update(map, { actions: ["repositories/app1/content/read"] });
  await tokens.update(token, { enabled: false });
  expect(clouds.arm.registries.get(REGISTRY_ID)?.scopeMaps.get("pull")).toEqual(["repositories/app1/content/read"]);
  expect(real()?.enabled).toBe(false);
});

test("a token's password gets a value that works, once", async () => {
  const { passwords, real } = await withToken();
  const state = await passwords.create(PASSWORD);
  expect(state.id).toBe(`${TOKEN_ID}/passwords/password`);
  expect(state.password1).toEqual([{ expiry: "2026-02-01T00:00:00Z", value: real()?.passwords[0]?.value }]);
  await expect(passwords.create(PASSWORD)).rejects.toThrow('/passwords/password" already exists');
});

test("a password needs its token", async () => {
  const { passwords } = await withToken();
  await expect(passwords.create({ ...PASSWORD, container_registry_token_id: "/nowhere" })).rejects.toThrow(
    "retrieving /nowhere: unexpected status 404 (404 Not Found)",
  );
});

test("adding the second password makes both anew: they cannot overlap", async () => {
  const { passwords, real } = await withToken();
  const state = await passwords.create(PASSWORD);
  const old = real()?.passwords[0]?.value;
  await passwords.update(state, { password2: [{ expiry: null }] });
  expect(real()?.passwords.map(({ name }) => name)).toEqual(["password1", "password2"]);
  expect(real()?.passwords[0]?.value).not.toBe(old);
});

test("what is deleted is gone", async () => {
  const { maps, tokens, passwords, map, token } = await withToken();
  const password = await passwords.create(PASSWORD);
  await passwords.delete(password);
  expect(await passwords.read(password)).toBeUndefined();
  await tokens.delete(token);
  await maps.delete(map);
  expect([await tokens.read(token), await maps.read(map)]).toEqual([undefined, undefined]);
});

test("a lock on the registry also holds its tokens and scope maps", async () => {
  const { maps, tokens, map, token, clouds } = await withToken();
  clouds.arm.locks.add({ id: "lock", name: "keep", scope: REGISTRY_ID, level: "CanNotDelete" });
  await expect(tokens.delete(token)).rejects.toThrow("ScopeLocked");
  await expect(maps.delete(map)).rejects.toThrow("ScopeLocked");
});
