import { dataSource, resource, types } from "../support/environment";
import { stackIn, synthesizeYaml } from "../support/synthesized";

const registryOf = (settings: string, more = "") =>
  stackIn(
    synthesizeYaml(`${more}
registry: { name: shopregistry, ${settings} }
images: {}
clusters: {}
workloads: {}
`),
    "-registry",
  );

const CREATED = "location: westeurope, sku: Basic";

test("a registry and its group have the environment's tags, under the registry's own", () => {
  const stack = registryOf(
    `resourceGroup: rg, ${CREATED}, tags: { owner: shop }`,
    "tags: { owner: platform, env: prod }",
  );
  const tags = { owner: "shop", env: "prod" };
  expect(resource(stack, "azurerm_container_registry").tags).toEqual(tags);
  expect(resource(stack, "azurerm_resource_group").tags).toEqual(tags);
});

test.each(["rg", "{ name: rg }", "{ name: rg, existing: false }"])("a group %s is created", (group) => {
  expect(resource(registryOf(`resourceGroup: ${group}, ${CREATED}`), "azurerm_resource_group").name).toBe("rg");
});

test("a group that exists is read", () => {
  const stack = registryOf(`resourceGroup: { name: rg, existing: true }, ${CREATED}`);
  expect(types(stack)).toEqual(["azurerm_container_registry", "data.azurerm_resource_group"]);
});

test.each(["rg", "{ name: rg }", "{ name: rg, existing: true }"])(
  "a registry that exists is read in its group %s",
  (group) => {
    const stack = registryOf(`resourceGroup: ${group}, existing: true`);
    expect(types(stack)).toEqual(["data.azurerm_container_registry"]);
    expect(dataSource(stack, "azurerm_container_registry")).toEqual({
      name: "shopregistry",
      resource_group_name: "rg",
    });
  },
);

describe("a replica's endpoint of its own", () => {
  const REPLICATED =
    "resourceGroup: rg, location: westeurope, sku: Premium, georeplications: [{ location: northeurope, regionalEndpoint: true }, { location: eastus }]";
  const replicas = (constraint: string) =>
    resource(
      registryOf(REPLICATED, `providers: { azurerm: "${constraint}" }\ntags: { owner: shop }`),
      "azurerm_container_registry",
    ).georeplications;
  const replica = (location: string, endpoint: object) => ({
    ...{ location, zone_redundancy_enabled: false, tags: { owner: "shop" } },
    ...endpoint,
  });

  test("has the name of azurerm 4", () => {
    expect(replicas("~> 4.55")).toEqual([
      replica("eastus", { regional_endpoint_enabled: false }),
      replica("northeurope", { regional_endpoint_enabled: true }),
    ]);
  });

  test("has the name of azurerm 5", () => {
    expect(replicas("~> 5.2")).toEqual([
      replica("eastus", { global_endpoint_routing_enabled: false }),
      replica("northeurope", { global_endpoint_routing_enabled: true }),
    ]);
  });
});
