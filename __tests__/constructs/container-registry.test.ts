import { TerraformOutput } from "cdktf";
import type { RegistryConfig } from "../../config";
import { ContainerRegistry } from "../../constructs/container-registry";
import { address, dataSource, environmentFrom, resource, synthConstruct, types } from "../support/environment";
import type { StackFile } from "../support/synthesized";

function registryFrom(settings: string): RegistryConfig {
  return environmentFrom(`registry: { ${settings} }\nimages: {}\nclusters: {}\nworkloads: {}\n`).registry;
}

const BASIC = "name: acrdemo2ss, resourceGroup: acr-rg2, location: centralus, sku: Basic";

const ALL: Required<RegistryConfig> = {
  name: "shopregistry",
  resourceGroup: "shop-rg",
  existing: false,
  location: "westeurope",
  sku: "Premium",
  adminUser: true,
  anonymousPull: true,
  publicAccess: false,
  retentionDays: 30,
  zoneRedundancy: true,
  georeplications: [
    { location: "swedencentral", zoneRedundancy: true, regionalEndpoint: true },
    { location: "northeurope", zoneRedundancy: false, regionalEndpoint: false },
  ],
  deleteProtection: true,
  repositoryPermissions: false,
  tags: { data: "images", owner: "shop" },
};

function synth(registry: RegistryConfig, tags = {}): StackFile {
  return synthConstruct((stack) => {
    const { reference } = new ContainerRegistry(stack, "container-registry", { registry, tags });
    new TerraformOutput(stack, "id", { value: reference.id });
    new TerraformOutput(stack, "login_server", { value: reference.loginServer });
  });
}

describe("a registry that is created", () => {
  test("is made in a resource group of its own, by reference", () => {
    const stack = synth(registryFrom(BASIC));
    expect(types(stack)).toEqual(["azurerm_container_registry", "azurerm_resource_group"]);
    expect(resource(stack, "azurerm_resource_group")).toEqual({ name: "acr-rg2", location: "centralus", tags: {} });
    expect(resource(stack, "azurerm_container_registry").resource_group_name).toBe(
      `\${${address(stack, "azurerm_resource_group")}.name}`,
    );
  });

  test("has no option that nobody asked for, and no admin user", () => {
    const stack = synth(registryFrom(BASIC));
    expect(resource(stack, "azurerm_container_registry")).toEqual({
      name: "acrdemo2ss",
      resource_group_name: expect.any(String) as string,
      location: "centralus",
      sku: "Basic",
      admin_enabled: false,
      tags: {},
    });
  });

  test("takes all options", () => {
    const stack = synth(ALL, { owner: "platform", env: "prod" });
    const tags = { owner: "shop", env: "prod", data: "images" };
    expect(resource(stack, "azurerm_container_registry")).toEqual({
      name: "shopregistry",
      resource_group_name: expect.any(String) as string,
      location: "westeurope",
      sku: "Premium",
      admin_enabled: true,
      anonymous_pull_enabled: true,
      public_network_access_enabled: false,
      retention_policy_in_days: 30,
      zone_redundancy_enabled: true,
      georeplications: [
        { location: "northeurope", zone_redundancy_enabled: false, regional_endpoint_enabled: false, tags },
        { location: "swedencentral", zone_redundancy_enabled: true, regional_endpoint_enabled: true, tags },
      ],
      tags,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("lists its replicas in alphabetical order", () => {
    const stack = synth(ALL);
    expect(resource(stack, "azurerm_container_registry").georeplications).toMatchObject([
      { location: "northeurope" },
      { location: "swedencentral" },
    ]);
  });

  test("overrides tags of the environment with its own, on the group as well", () => {
    const stack = synth(ALL, { owner: "platform" });
    expect(resource(stack, "azurerm_resource_group").tags).toEqual({ owner: "shop", data: "images" });
  });

  test("protects its group where it is protected itself", () => {
    expect(resource(synth(ALL), "azurerm_resource_group").lifecycle).toEqual({ prevent_destroy: true });
  });

  test("is known to other stacks by references to its id and its login server", () => {
    const stack = synth(registryFrom(BASIC));
    const registry = address(stack, "azurerm_container_registry");
    expect(stack.json.output).toEqual({
      id: { value: `\${${registry}.id}` },
      login_server: { value: `\${${registry}.login_server}` },
    });
  });
});

describe("a resource group that is adopted", () => {
  const stack = synth(registryFrom(BASIC.replace("acr-rg2", "{ name: acr-rg2, existing: true }")));

  test("is read, not created", () => {
    expect(types(stack)).toEqual(["azurerm_container_registry", "data.azurerm_resource_group"]);
    expect(dataSource(stack, "azurerm_resource_group")).toEqual({ name: "acr-rg2" });
  });

  test("is referred to by the registry", () => {
    expect(resource(stack, "azurerm_container_registry").resource_group_name).toBe(
      `\${${address(stack, "data.azurerm_resource_group")}.name}`,
    );
  });
});

test("a resource group by its mapping is created where it is not adopted", () => {
  const stack = synth(registryFrom(BASIC.replace("acr-rg2", "{ name: acr-rg2 }")));
  expect(resource(stack, "azurerm_resource_group").name).toBe("acr-rg2");
});

describe("a registry that is adopted", () => {
  test.each([
    ["by the name of its group", "shared-rg"],
    ["by the mapping of its group", "{ name: shared-rg }"],
  ])("is read and nothing is created, %s", (_title, group) => {
    const stack = synth(registryFrom(`name: shared, resourceGroup: ${group}, existing: true`));
    expect(types(stack)).toEqual(["data.azurerm_container_registry"]);
    expect(dataSource(stack, "azurerm_container_registry")).toEqual({
      name: "shared",
      resource_group_name: "shared-rg",
    });
  });

  test("is known to other stacks by references to what was read", () => {
    const stack = synth(registryFrom("name: shared, resourceGroup: shared-rg, existing: true"));
    const registry = address(stack, "data.azurerm_container_registry");
    expect(stack.json.output).toEqual({
      id: { value: `\${${registry}.id}` },
      login_server: { value: `\${${registry}.login_server}` },
    });
  });
});

test.each(["location", "sku"] as const)("creating a registry without %s is an error", (option) => {
  const registry = { ...registryFrom(BASIC), [option]: undefined };
  expect(() => synth(registry)).toThrow(new Error("registry acrdemo2ss needs location and sku"));
});
