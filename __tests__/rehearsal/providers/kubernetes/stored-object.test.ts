import type { Attributes } from "../../../../rehearsal/sdk/model";
import { resource, setUp } from "../harness";

const METADATA = [{ name: "web", namespace: "default" }];

function types() {
  const { providers, clouds } = setUp();
  return { clouds, type: (name: string) => resource(providers.kubernetes, name) };
}

test.each<[string, Attributes]>([
  ["kubernetes_config_map_v1", { data: { a: "b" } }],
  ["kubernetes_service_account_v1", {}],
  [
    "kubernetes_pod_disruption_budget_v1",
    { spec: [{ max_unavailable: "1", selector: [{ match_labels: { a: "b" } }] }] },
  ],
  ["kubernetes_resource_quota_v1", { spec: [{ hard: { pods: "1" } }] }],
  ["kubernetes_network_policy_v1", { spec: [{ pod_selector: [{}], policy_types: ["Ingress"] }] }],
  ["kubernetes_role_v1", { rule: [{ api_groups: [""], resources: ["pods"], verbs: ["get"] }] }],
])("%s is stored, missed where it is gone, and made once", async (name, config) => {
  const { type, clouds } = types();
  const objects = type(name);
  const state = await objects.create({ metadata: METADATA, ...config });
  expect([state.id, await objects.drift(state)]).toEqual(["default/web", []]);
  await expect(objects.create({ metadata: METADATA, ...config })).rejects.toThrow('"web" already exists');
  expect(clouds.leftovers()).toHaveLength(1);
  await objects.delete(state);
  expect([await objects.read(state), clouds.leftovers()]).toEqual([undefined, []]);
});

test("an object is checked as any other", async () => {
  const { type } = types();
  const elsewhere = { metadata: [{ name: "web", namespace: "shop" }] };
  await expect(type("kubernetes_config_map_v1").create(elsewhere)).rejects.toThrow('namespaces "shop" not found');
  const labelled = { metadata: [{ ...METADATA[0], labels: { version: "_v1" } }] };
  await expect(type("kubernetes_config_map_v1").create(labelled)).rejects.toThrow(
    'ConfigMap "web" is invalid: metadata.labels: Invalid value: "_v1"',
  );
});

test("an autoscaler without a policy is refused, as the provider sends an empty one", async () => {
  const target = [{ api_version: "apps/v1", kind: "Deployment", name: "web" }];
  const spec = (scaleDown: Attributes) => [
    { max_replicas: 3, scale_target_ref: target, behavior: [{ scale_down: [scaleDown] }] },
  ];
  const policy = [{ type: "Pods", value: 1, period_seconds: 60 }];
  const autoscalers = types().type("kubernetes_horizontal_pod_autoscaler_v2");
  await expect(autoscalers.create({ metadata: METADATA, spec: spec({ policy }) })).rejects.toThrow(
    'spec.behavior.scaleDown.selectPolicy: Unsupported value: "": supported values: "Disabled", "Max", "Min"',
  );
  await autoscalers.create({ metadata: METADATA, spec: spec({ policy, select_policy: "Max" }) });
});
