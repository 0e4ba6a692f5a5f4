import { createClouds } from "../../../../rehearsal/clouds";
import { createProviders } from "../../../../rehearsal/providers";
import type { Attributes } from "../../../../rehearsal/sdk/model";
import { UNKNOWN } from "../../../../rehearsal/sdk/model";
import { resource, setUp } from "../harness";

function config(type: string, spec: Attributes = {}): Attributes {
  const port: Attributes[] = [{ port: 80, target_port: UNKNOWN, node_port: UNKNOWN }];
  return { metadata: [{ name: "web", namespace: "default" }], spec: [{ type, port, ...spec }] };
}

function withServices() {
  const world = setUp();
  return { ...world, services: resource(world.providers.kubernetes, "kubernetes_service_v1") };
}

test("a LoadBalancer gets a public address, and is read back as it is", async () => {
  const { services } = withServices();
  const state = await services.create(config("LoadBalancer"));
  const ip = expect.stringMatching(/^20\./) as string;
  expect(state).toMatchObject({
    id: "default/web",
    status: [{ load_balancer: [{ ingress: [{ ip, hostname: "" }] }] }],
    spec: [{ port: [{ port: 80, target_port: "80", node_port: 30000 }], external_traffic_policy: "Cluster" }],
  });
  expect(await services.drift(state)).toEqual([]);
});

test("a ClusterIP gets an address inside, and none outside", async () => {
  const { services } = withServices();
  const state = await services.create(config("ClusterIP"));
  expect(state).toMatchObject({
    status: [{ load_balancer: [{ ingress: [] }] }],
    spec: [{ cluster_ip: expect.stringMatching(/^10\./) as string, port: [{ node_port: 0 }] }],
  });
});

test("a headless service stays headless", async () => {
  const { services } = withServices();
  expect(await services.create(config("ClusterIP", { cluster_ip: "None" }))).toMatchObject({
    spec: [{ cluster_ip: "None", cluster_ips: ["None"] }],
  });
});

test("an address that comes with an update is seen at the next refresh only", async () => {
  const { services } = withServices();
  const state = await services.create(config("ClusterIP"));
  const changed = await services.update(state, { spec: [{ type: "LoadBalancer" }] });
  expect(changed.status).toEqual([{ load_balancer: [{ ingress: [] }] }]);
  expect(await services.read(changed)).toMatchObject({
    status: [{ load_balancer: [{ ingress: [{ hostname: "" }] }] }],
  });
});

test("a service needs its namespace, and is refused where it exists", async () => {
  const { services } = withServices();
  const elsewhere = { ...config("ClusterIP"), metadata: [{ name: "web", namespace: "other" }] };
  await expect(services.create(elsewhere)).rejects.toThrow('namespaces "other" not found');
  await services.create(config("ClusterIP"));
  await expect(services.create(config("ClusterIP"))).rejects.toThrow('services "web" already exists');
});

test("a deleted service is gone", async () => {
  const { services } = withServices();
  const state = await services.create(config("ClusterIP"));
  await services.delete(state);
  expect(await services.read(state)).toBeUndefined();
});

test("a LoadBalancer of a cluster that has none is waited for in vain, unless nobody waits", async () => {
  const clouds = createClouds({ now: new Date(), clusters: [{ context: "bare", loadBalancers: false }] });
  const { kubernetes } = createProviders(clouds, {});
  kubernetes.configure?.({ config_context: "bare" });
  const services = resource(kubernetes, "kubernetes_service_v1");
  await expect(services.create(config("LoadBalancer"))).rejects.toThrow(
    'Waiting for service "default/web" to assign IP/hostname for a load balancer',
  );
  const other = { ...config("LoadBalancer"), metadata: [{ name: "other" }], wait_for_load_balancer: false };
  expect(await services.create(other)).toMatchObject({ status: [{ load_balancer: [{ ingress: [] }] }] });
});
