import { resource, setUp } from "../harness";

const CONFIG = { metadata: [{ name: "web", namespace: "default" }], spec: [{ min_available: "1" }] };

function budgets() {
  return resource(setUp().providers.kubernetes, "kubernetes_pod_disruption_budget_v1");
}

test("a budget is created, changed and deleted", async () => {
  const type = budgets();
  const state = await type.create(CONFIG);
  expect([state.id, await type.drift(state)]).toEqual(["default/web", []]);
  await type.update(state, { metadata: [{ labels: { team: "web" } }] });
  await type.delete(state);
  expect(await type.read(state)).toBeUndefined();
});

test("a budget needs its namespace, and is refused where it exists", async () => {
  const type = budgets();
  await expect(type.create({ ...CONFIG, metadata: [{ name: "web", namespace: "other" }] })).rejects.toThrow(
    'namespaces "other" not found',
  );
  await type.create(CONFIG);
  await expect(type.create(CONFIG)).rejects.toThrow('poddisruptionbudgets.policy "web" already exists');
});
