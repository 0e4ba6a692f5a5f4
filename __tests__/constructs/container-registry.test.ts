import { TerraformOutput } from "cdktf";
import {
  ContainerRegistry,
  type ContainerRegistryProps,
  type CreatedRegistryProps,
} from "../../constructs/container-registry";
import { address, dataSource, resource, synthConstruct, types } from "../support/environment";
import type { StackFile } from "../support/synthesized";
import { literalMap } from "../../constructs/literal";
import { textMap } from "../support/text";

const BASIC: CreatedRegistryProps = {
  kind: "created",
  name: "acrdemo2ss",
  resourceGroupName: "acr-rg2",
  adoptGroup: false,
  location: "centralus",
  sku: "Basic",
  tags: textMap({}),
};

const ADOPTED: ContainerRegistryProps = { kind: "adopted", name: "shared", resourceGroupName: "shared-rg" };

const ALL: Required<Omit<CreatedRegistryProps, "adopt">> = {
  kind: "created",
  name: "shopregistry",
  resourceGroupName: "shop-rg",
  adoptGroup: false,
  location: "westeurope",
  sku: "Premium",
  adminUser: true,
  anonymousPull: true,
  publicAccess: false,
  allow: ["203.0.113.0/24", "198.51.100.7/32"],
  trustedServices: false,
  dataEndpoints: true,
  exportPolicy: false,
  quarantine: true,
  contentTrust: true,
  customerManagedKey: {
    keyId: "https://kv.vault.azure.net/keys/registry",
    identity: { name: "key-user", resourceGroup: "security-rg" },
  },
  repositoryPermissions: true,
  retentionDays: 30,
  zoneRedundancy: true,
  georeplications: [
    { location: "swedencentral", zoneRedundancy: true, regionalEndpoint: true },
    { location: "northeurope", zoneRedundancy: false, regionalEndpoint: false },
  ],
  endpointArgument: "regional_endpoint_enabled",
  deleteProtection: true,
  tags: textMap({ data: "images", owner: "shop" }),
};

function synth(props: ContainerRegistryProps): StackFile {
  return synthConstruct((stack) => {
    const { reference } = new ContainerRegistry(stack, "container-registry", props);
    new TerraformOutput(stack, "id", { value: reference.id });
    new TerraformOutput(stack, "login_server", { value: reference.loginServer });
  });
}

describe("a registry that is created", () => {
  test("is made in a resource group of its own, by reference", () => {
    const stack = synth(BASIC);
    expect(types(stack)).toEqual(["azurerm_container_registry", "azurerm_resource_group"]);
    expect(resource(stack, "azurerm_resource_group")).toEqual({ name: "acr-rg2", location: "centralus", tags: {} });
    expect(resource(stack, "azurerm_container_registry").resource_group_name).toBe(
      `\${${address(stack, "azurerm_resource_group")}.name}`,
    );
  });

  test("has no option that nobody asked for, and no admin user", () => {
    const stack = synth(BASIC);
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
    const stack = synth(ALL);
    const tags = literalMap(ALL.tags);
    expect(resource(stack, "azurerm_container_registry")).toEqual({
      name: "shopregistry",
      resource_group_name: expect.any(String) as string,
      location: "westeurope",
      sku: "Premium",
      admin_enabled: true,
      anonymous_pull_enabled: true,
      role_assignment_mode: "AbacRepositoryPermissions",
      network_rule_set: [
        {
          default_action: "Deny",
          ip_rule: [
            { action: "Allow", ip_range: "203.0.113.0/24" },
            { action: "Allow", ip_range: "198.51.100.7/32" },
          ],
        },
      ],
      network_rule_bypass_option: "None",
      data_endpoint_enabled: true,
      export_policy_enabled: false,
      quarantine_policy_enabled: true,
      trust_policy_enabled: true,
      encryption: [
        {
          key_vault_key_id: "https://kv.vault.azure.net/keys/registry",
          identity_client_id: expect.stringContaining("data.azurerm_user_assigned_identity.") as string,
        },
      ],
      identity: { type: "UserAssigned", identity_ids: [expect.stringMatching(/\.id\}$/)] },
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

  test("tags its group as well", () => {
    expect(resource(synth(ALL), "azurerm_resource_group").tags).toEqual({ owner: "shop", data: "images" });
  });

  test("protects its group where it is protected itself", () => {
    expect(resource(synth(ALL), "azurerm_resource_group").lifecycle).toEqual({ prevent_destroy: true });
  });

  test("is known to other stacks by references to its id and its login server", () => {
    const stack = synth(BASIC);
    const registry = address(stack, "azurerm_container_registry");
    expect(stack.json.output).toEqual({
      id: { value: `\${${registry}.id}` },
      login_server: { value: `\${${registry}.login_server}` },
    });
  });
});

describe("a resource group that is adopted", () => {
  const stack = synth({ ...BASIC, adoptGroup: true });

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

describe("a registry that is adopted", () => {
  const stack = synth(ADOPTED);

  test("is read and nothing is created", () => {
    expect(types(stack)).toEqual(["data.azurerm_container_registry"]);
    expect(dataSource(stack, "azurerm_container_registry")).toEqual({
      name: "shared",
      resource_group_name: "shared-rg",
    });
  });

  test("is known to other stacks by references to what was read", () => {
    const registry = address(stack, "data.azurerm_container_registry");
    expect(stack.json.output).toEqual({
      id: { value: `\${${registry}.id}` },
      login_server: { value: `\${${registry}.login_server}` },
    });
  });
});
