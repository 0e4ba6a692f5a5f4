import { tellStory } from "../../rehearsal/story";
import { SUBSCRIPTION } from "../../rehearsal/subscription";
import { createWorld, type World } from "../../rehearsal/world";
import { environmentFrom } from "../support/environment";
import { first } from "./clouds/world";
import { NOON, shipped } from "./rehearsals";

const world = (file: string): World => createWorld(shipped(file), NOON);
const contexts = ({ clusters }: World) => clusters.map(({ key, cluster }) => [key, cluster.context]);

it("has the clusters of the environment, and nothing else, before anything is deployed", () => {
  const demo = world("environments/demo.yaml");
  expect(contexts(demo)).toEqual([["aksdemo2", "aksdemo2"]]);
  expect(demo.clouds.leftovers()).toEqual([]);
  expect(demo.clouds.clock.now()).toEqual(NOON);
  expect(demo.clouds.arm.groups.values()).toEqual([]);
});

it("tells the story of a deployment that did not happen yet", () => {
  const nobody = { username: "", role: "", expires: "", applyBefore: "" };
  expect(tellStory(shipped(), world("environments/demo.yaml"))).toEqual({
    images: [],
    pulls: [{ cluster: "aksdemo2", ...nobody }],
    workloads: [],
  });
});

it("has an adopted registry, in the mode that the file says, with its prebuilt images", () => {
  const { clouds } = world("examples/adopted-registry.yaml");
  const registry = first(clouds.arm.registries.values());
  expect([registry.name, registry.roleAssignmentMode]).toEqual(["sharedregistry", "AbacRepositoryPermissions"]);
  expect([...registry.repositories.keys()]).toContain("team-a/web");
  expect(clouds.leftovers()).toEqual([]);
});

it("has existing groups and namespaces, AKS clusters in their own subscriptions, and virtual nodes", () => {
  const environment = shipped("examples/all-options.yaml");
  const { clouds, clusters } = createWorld(environment, NOON);
  const subscription = environment.azure.subscriptionId ?? "";
  expect(clouds.entra.tenantId).toBe(environment.azure.tenantId);
  expect(clouds.arm.groups.get(`/subscriptions/${subscription}/resourceGroups/shop-registry-rg`)).toBeDefined();
  expect(clouds.arm.groups.get(`/subscriptions/${subscription}/resourceGroups/shop-rg`)).toBeUndefined();
  expect(first(clouds.arm.clusters.values()).id).toMatch(/^\/subscriptions\/12121212-.*\/managedClusters\/shop-aks$/);
  for (const { cluster } of clusters) {
    expect(cluster.namespaces.get(undefined, "monitoring")).toBeDefined();
    expect(cluster.namespaces.get(undefined, "shop")).toBeUndefined();
  }
});

it("lets others push prebuilt images as soon as the registry is there, once", () => {
  const { clouds, othersActed } = createWorld(
    environmentFrom(`
registry: { name: shopregistry, resourceGroup: shop-rg, location: westeurope, sku: Basic }
images: { web: { repository: shop/web, tag: 1.0.0, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters: { one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: shop-one } } } }
workloads: { web: { image: web, clusters: [one], namespace: shop, port: 8080 } }
`),
    NOON,
  );
  othersActed();
  clouds.arm.createGroup(SUBSCRIPTION, "shop-rg", "westeurope");
  const registry = clouds.arm.createRegistry({
    ...{ subscriptionId: SUBSCRIPTION, resourceGroup: "shop-rg", name: "shopregistry", location: "westeurope" },
    ...{
      sku: "Basic",
      adminEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccess: true,
      hasNetworkRules: false,
    },
    tags: {},
  });
  expect(registry.repositories.size).toBe(0);
  othersActed();
  othersActed();
  expect([...registry.repositories]).toEqual([
    [
      "shop/web",
      {
        manifests: new Map([[`sha256:${"1".repeat(64)}`, {}]]),
        tags: new Map([["1.0.0", `sha256:${"1".repeat(64)}`]]),
      },
    ],
  ]);
});

it("has somebody else's pull secret in every namespace, the new ones too", () => {
  const { clouds, clusters } = world("examples/pull-methods.yaml");
  const { cluster } = first(clusters.filter(({ config }) => config.pull.kind === "existingSecret"));
  cluster.createNamespace({ name: "shop" });
  for (const namespace of ["default", "shop"]) {
    expect(cluster.secrets.get(namespace, "registry-credentials")?.type).toBe("kubernetes.io/dockerconfigjson");
  }
  expect(clouds.secrets()).toHaveLength(1);
});

it.each([
  ["public", "azurecr.io"],
  ["usgovernment", "azurecr.us"],
  ["china", "azurecr.cn"],
])("in the cloud %s registries are at %s", (cloud, domain) => {
  const environment = environmentFrom(`
azure: { cloud: ${cloud} }
registry: { name: sharedregistry, resourceGroup: rg, existing: true }
images: {}
clusters: {}
workloads: {}
`);
  const { clouds } = createWorld(environment, NOON);
  expect(first(clouds.arm.registries.values()).loginServer).toBe(`sharedregistry.${domain}`);
});
