import { NAME, withRegistry } from "./fixture";

async function withImage() {
  const world = withRegistry();
  await world.images.create({ name: NAME, build: [{ context: world.folder }] });
  return world;
}

test("a pushed image has its digest, and is read back as it is", async () => {
  const { pushed, clouds } = await withImage();
  const state = await pushed.create({ name: NAME });
  expect(state.sha256_digest).toBe(clouds.registries.digestOf("acrdemo2ss.azurecr.io", "app2/acr-app2", "v1"));
  expect(await pushed.drift(state)).toEqual([]);
});

test("an image whose host has no auth entry is refused", async () => {
  const { pushed, providers } = await withImage();
  providers.docker.configure?.({ registry_auth: [{ address: "https://other.azurecr.io" }] });
  await expect(pushed.create({ name: NAME })).rejects.toThrow(
    "Unable to get authConfig for registry: no auth config found for registry acrdemo2ss.azurecr.io in auth configs: other.azurecr.io",
  );
});

test("a tag that others moved is seen", async () => {
  const { pushed, clouds } = await withImage();
  const state = await pushed.create({ name: NAME });
  clouds.registries.push("acrdemo2ss.azurecr.io", "app2/acr-app2", "v1", "sha256:00");
  expect(await pushed.read(state)).toMatchObject({ sha256_digest: "sha256:00" });
});

test("deleting removes the manifest, unless it is kept", async () => {
  const { pushed } = await withImage();
  const state = await pushed.create({ name: NAME });
  await pushed.delete({ ...state, keep_remotely: true });
  expect(await pushed.drift(state)).toEqual([]);
  await pushed.delete(state);
  expect(await pushed.read(state)).toBeUndefined();
});

test("an image of a host without credentials is taken for gone, whatever is there", async () => {
  const { pushed, providers } = await withImage();
  const state = await pushed.create({ name: NAME });
  const former = { address: "acrdemo2ss.azurecr.io", auth_disabled: true };
  providers.docker.configure?.({ registry_auth: [{ address: "other.azurecr.io" }, former] });
  expect(await pushed.read(state)).toBeUndefined();
});
