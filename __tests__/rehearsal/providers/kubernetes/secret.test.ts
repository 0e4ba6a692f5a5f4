import { dockerConfig, HOST } from "../../clouds/world";
import { resource, setUp } from "../harness";

const METADATA = [{ name: "acr-secret", namespace: "default" }];
const TEXT = dockerConfig(HOST, "client", "password");
const PULL = { metadata: METADATA, type: "kubernetes.io/dockerconfigjson", data: { ".dockerconfigjson": TEXT } };

function withSecrets() {
  const world = setUp();
  const secrets = resource(world.providers.kubernetes, "kubernetes_secret_v1");
  return { ...world, secrets, real: () => world.clouds.clusters[0]?.secrets.get("default", "acr-secret") };
}

test("a secret is stored decoded, and read back as it is", async () => {
  const { secrets, real } = withSecrets();
  const state = await secrets.create(PULL);
  expect(state.id).toBe("default/acr-secret");
  expect(real()).toMatchObject({ type: PULL.type, data: PULL.data });
  expect(await secrets.drift(state)).toEqual([]);
});

test("without a namespace it is the default one, whatever the context says", async () => {
  const { secrets } = withSecrets();
  expect((await secrets.create({ ...PULL, metadata: [{ name: "acr-secret" }] })).id).toBe("default/acr-secret");
});

test("a secret that exists is refused", async () => {
  const { secrets } = withSecrets();
  await secrets.create(PULL);
  await expect(secrets.create(PULL)).rejects.toThrow('secrets "acr-secret" already exists');
});

test("data and annotations change in place, type and name replace", async () => {
  const { secrets, real } = withSecrets();
  const state = await secrets.create(PULL);
  const data = { ".dockerconfigjson": "{}" };
  await secrets.update(state, { data, metadata: [{ annotations: { expiry: "2026" } }] });
  expect(real()).toMatchObject({ data, metadata: { annotations: { expiry: "2026" } } });
  expect(secrets.replaced(state, { ...PULL, type: "Opaque" })).toEqual(["type"]);
});

test("data that others changed is seen", async () => {
  const { secrets, clouds, real } = withSecrets();
  const state = await secrets.create(PULL);
  const now = real();
  if (now) clouds.clusters[0]?.secrets.replace({ ...now, data: { ".dockerconfigjson": "{}" } });
  expect(await secrets.read(state)).toMatchObject({ data: { ".dockerconfigjson": "{}" } });
});

test("write-only data reaches the cluster, and again when its revision changes", async () => {
  const { secrets, real } = withSecrets();
  const planned = { metadata: METADATA, type: "Opaque", data: null, data_wo_revision: 1 };
  await secrets.model.create(planned, { ...planned, data_wo: { a: "one" } });
  const state = { ...planned, id: "default/acr-secret" };
  await secrets.model.update?.(state, state, { ...state, data_wo: { a: "two" } });
  expect(real()?.data).toEqual({ a: "one" });
  await secrets.model.update?.(state, { ...state, data_wo_revision: 2 }, { ...state, data_wo: { a: "two" } });
  expect(real()?.data).toEqual({ a: "two" });
  expect(JSON.stringify(await secrets.read(state))).not.toContain("two");
});

test("write-only data without a revision makes an empty secret", async () => {
  const { secrets, real } = withSecrets();
  await secrets.create({ metadata: METADATA, data_wo: { a: "one" } });
  expect(real()?.data).toEqual({});
});

test("a secret can be imported, and a deleted one is gone", async () => {
  const { secrets } = withSecrets();
  const state = await secrets.create(PULL);
  expect(await secrets.import("default/acr-secret")).toMatchObject({ type: PULL.type, data: PULL.data });
  await expect(secrets.import("acr-secret")).rejects.toThrow(
    'unexpected format of ID ("acr-secret"), expected "namespace/name"',
  );
  await secrets.delete(state);
  expect(await secrets.read(state)).toBeUndefined();
});
