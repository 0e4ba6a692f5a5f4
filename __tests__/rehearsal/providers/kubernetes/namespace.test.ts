import { resource, setUp } from "../harness";

const CONFIG = { metadata: [{ name: "web", labels: { team: "web" } }] };

function withNamespaces() {
  const world = setUp();
  return { ...world, namespaces: resource(world.providers.kubernetes, "kubernetes_namespace_v1") };
}

test("a namespace is created, changed and deleted", async () => {
  const { namespaces, clouds } = withNamespaces();
  const state = await namespaces.create(CONFIG);
  expect([state.id, await namespaces.drift(state)]).toEqual(["web", []]);
  await namespaces.update(state, { metadata: [{ name: "web", labels: { team: "api" } }] });
  expect(clouds.clusters[0]?.namespaces.get(undefined, "web")?.metadata.labels).toMatchObject({ team: "api" });
  await namespaces.delete(state);
  expect(await namespaces.read(state)).toBeUndefined();
});

test("a namespace that every cluster has is refused, and can be imported", async () => {
  const { namespaces } = withNamespaces();
  await expect(namespaces.create({ metadata: [{ name: "default" }] })).rejects.toThrow(
    'namespaces "default" already exists',
  );
  expect(await namespaces.import("default")).toMatchObject({ id: "default", metadata: [{ name: "default" }] });
});
