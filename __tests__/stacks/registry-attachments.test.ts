import { address, dataSource, resource, types } from "../support/environment";
import { resourcesOf, stackIn, synthesizeYaml, type StackFile } from "../support/synthesized";

const SUBSCRIPTION = "/subscriptions/66666666-7777-8888-9999-000000000000";
const SUBNET = `${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/endpoints`;
const ZONE = `${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`;
const WORKSPACE = `${SUBSCRIPTION}/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/logs`;
const PUSHER = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const PULLER = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff";

const CREATED = "location: westeurope, sku: Premium";
const ADOPTED = "existing: true";
const IMAGES = `{ web: { repository: shop/web, prebuilt: "sha256:${"0".repeat(64)}" } }`;

function registryOf(settings: string): StackFile {
  return stackIn(
    synthesizeYaml(`
tags: { owner: platform }
registry: { name: shopregistry, resourceGroup: rg, ${settings} }
images: ${IMAGES}
clusters: {}
workloads: {}
`),
    "-registry",
  );
}

const registry = (stack: StackFile, attribute: string) => {
  const isAdopted = stack.json.resource?.azurerm_container_registry === undefined;
  const type = "azurerm_container_registry";
  return isAdopted
    ? `\${data.${type}.${Object.keys(stack.json.data?.[type] ?? {})[0] ?? ""}.${attribute}}`
    : `\${${address(stack, type)}.${attribute}}`;
};

describe("what a registry is made with", () => {
  it("lets in no more than is listed", () => {
    const stack = registryOf(
      `${CREATED}, network: { allow: [203.0.113.0/24], trustedServices: false, dataEndpoints: true }`,
    );
    expect(resource(stack, "azurerm_container_registry")).toMatchObject({
      network_rule_set: [{ default_action: "Deny", ip_rule: [{ action: "Allow", ip_range: "203.0.113.0/24" }] }],
      network_rule_bypass_option: "None",
      data_endpoint_enabled: true,
    });
  });

  it("takes rules back that were there, since what is silent leaves them as they are", () => {
    const rules = (settings: string) => resource(registryOf(settings), "azurerm_container_registry").network_rule_set;
    expect(rules(`${CREATED}, network: {}`)).toEqual([{ default_action: "Allow", ip_rule: [] }]);
    expect(rules(CREATED)).toBeUndefined();
    expect(rules("location: westeurope, sku: Basic, network: {}")).toBeUndefined();
  });

  it("is encrypted by somebody's key, by an identity that is there", () => {
    const stack = registryOf(
      `${CREATED}, customerManagedKey: { keyId: "https://kv1.vault.azure.net/keys/registry", identity: { name: key-user, resourceGroup: security-rg } }`,
    );
    expect(dataSource(stack, "azurerm_user_assigned_identity")).toEqual({
      name: "key-user",
      resource_group_name: "security-rg",
    });
    const identity = `data.azurerm_user_assigned_identity.${Object.keys(stack.json.data?.azurerm_user_assigned_identity ?? {})[0] ?? ""}`;
    expect(resource(stack, "azurerm_container_registry")).toMatchObject({
      encryption: [
        {
          key_vault_key_id: "https://kv1.vault.azure.net/keys/registry",
          identity_client_id: `\${${identity}.client_id}`,
        },
      ],
      identity: { type: "UserAssigned", identity_ids: [`\${${identity}.id}`] },
    });
  });

  it("has the policies that are said", () => {
    const stack = registryOf(
      `${CREATED}, publicAccess: false, exportPolicy: false, quarantine: true, contentTrust: true`,
    );
    expect(resource(stack, "azurerm_container_registry")).toMatchObject({
      export_policy_enabled: false,
      quarantine_policy_enabled: true,
      trust_policy_enabled: true,
    });
  });
});

describe("hosts that firewalls have to let through", () => {
  const hosts = (settings: string) => registryOf(settings).json.output?.firewall_hosts?.value;

  it("are the registry and any storage, where it has no hosts of its own", () => {
    const stack = registryOf(`${CREATED}, network: {}`);
    expect(stack.json.output?.firewall_hosts?.value).toEqual([
      registry(stack, "login_server"),
      "*.blob.core.windows.net",
    ]);
  });

  it("are those of its layers where it has", () => {
    expect(hosts(`${CREATED}, network: { dataEndpoints: true }`)).toMatch(
      /^\$\{concat\(\[azurerm_container_registry\.\S+\.login_server\], tolist\(azurerm_container_registry\.\S+\.data_endpoint_host_names\)\)\}$/,
    );
  });

  it("are no output of a registry that everyone reaches", () => {
    expect(hosts(CREATED)).toBeUndefined();
  });
});

describe.each([
  ["made here", CREATED],
  ["adopted", ADOPTED],
])("on a registry that is %s", (_what, kind) => {
  it("stands a private endpoint in somebody's subnet", () => {
    const endpoint = (more: string) =>
      registryOf(`${kind}, privateEndpoints: { hub: { name: shop-hub, subnetId: ${SUBNET}${more} } }`);
    const stack = endpoint(`, dnsZoneIds: [${ZONE}], resourceGroup: hub, location: northeurope`);
    expect(resource(stack, "azurerm_private_endpoint")).toEqual({
      ...{ name: "shop-hub", resource_group_name: "hub", location: "northeurope", subnet_id: SUBNET },
      private_service_connection: {
        name: "shop-hub",
        private_connection_resource_id: registry(stack, "id"),
        subresource_names: ["registry"],
        is_manual_connection: false,
      },
      private_dns_zone_group: { name: "default", private_dns_zone_ids: [ZONE] },
      tags: { owner: "platform" },
    });
    const silent = endpoint("");
    expect(resource(silent, "azurerm_private_endpoint")).toMatchObject({
      resource_group_name: registry(silent, "resource_group_name"),
      location: registry(silent, "location"),
    });
    expect(resource(silent, "azurerm_private_endpoint")).not.toHaveProperty("private_dns_zone_group");
  });

  it("is told of to Azure Monitor", () => {
    const stack = registryOf(`${kind}, diagnostics: { workspaceId: ${WORKSPACE} }`);
    expect(resource(stack, "azurerm_monitor_diagnostic_setting")).toEqual({
      name: "acr-pull",
      target_resource_id: registry(stack, "id"),
      log_analytics_workspace_id: WORKSPACE,
      enabled_log: [{ category: "ContainerRegistryLoginEvents" }, { category: "ContainerRegistryRepositoryEvents" }],
      enabled_metric: [{ category: "AllMetrics" }],
    });
    const few = registryOf(`${kind}, diagnostics: { workspaceId: ${WORKSPACE}, events: [login], metrics: false }`);
    expect(resource(few, "azurerm_monitor_diagnostic_setting")).toMatchObject({
      enabled_log: [{ category: "ContainerRegistryLoginEvents" }],
    });
    expect(resource(few, "azurerm_monitor_diagnostic_setting")).not.toHaveProperty("enabled_metric");
  });

  it("tells others by webhooks", () => {
    const hook = (more: string) =>
      registryOf(
        `${kind}, webhooks: { scan: { name: scanhook, uri: "https://scan.example/a", actions: [push]${more} } }`,
      );
    const stack = hook(', scope: "shop/web:*"');
    expect(resource(stack, "azurerm_container_registry_webhook")).toEqual({
      ...{ name: "scanhook", service_uri: "https://scan.example/a", actions: ["push"], scope: "shop/web:*" },
      ...{ status: "enabled", tags: { owner: "platform" } },
      registry_name: registry(stack, "name"),
      resource_group_name: registry(stack, "resource_group_name"),
      location: registry(stack, "location"),
    });
    expect(resource(hook(", enabled: false"), "azurerm_container_registry_webhook")).toMatchObject({
      status: "disabled",
    });
  });

  it("fetches images of others, by a login that lies in a vault", () => {
    const stack = registryOf(
      `${kind}, credentialSets: { hub: { name: docker-hub, loginServer: docker.io, vault: { name: kv1, resourceGroup: sec }, usernameSecret: user, passwordSecret: token } }, ` +
        "cacheRules: { nginx: { name: nginx-rule, source: docker.io/library/nginx, repository: cache/nginx, credentialSet: hub } }",
    );
    const [set, vault] = ["azurerm_container_registry_credential_set", "azurerm_key_vault"] as const;
    const vaultAt = `data.${vault}.${Object.keys(stack.json.data?.[vault] ?? {})[0] ?? ""}`;
    expect(resource(stack, set)).toEqual({
      container_registry_id: registry(stack, "id"),
      ...{ name: "docker-hub", login_server: "docker.io", identity: { type: "SystemAssigned" } },
      authentication_credentials: {
        username_secret_id: `\${${vaultAt}.vault_uri}secrets/user`,
        password_secret_id: `\${${vaultAt}.vault_uri}secrets/token`,
      },
    });
    expect(resource(stack, "azurerm_container_registry_cache_rule")).toEqual({
      container_registry_id: registry(stack, "id"),
      ...{ name: "nginx-rule", source_repo: "docker.io/library/nginx", target_repo: "cache/nginx" },
      credential_set_id: `\${${address(stack, set)}.id}`,
    });
    expect(resourcesOf(stack, "azurerm_role_assignment")).toEqual(
      ["user", "token"]
        .map(
          (secret) =>
            expect.objectContaining({
              scope: `\${${vaultAt}.id}/secrets/${secret}`,
              role_definition_name: "Key Vault Secrets User",
              principal_id: `\${${address(stack, set)}.identity[0].principal_id}`,
            }) as unknown,
        )
        .reverse(),
    );
  });

  it("gives roles to those outside, whatever they are", () => {
    const stack = registryOf(`${kind}, roles: { push: [${PUSHER}], pull: [${PULLER}] }`);
    const found = resourcesOf(stack, "azurerm_role_assignment");
    expect(
      found
        .map(({ role_definition_name, principal_id, principal_type }) => [
          role_definition_name,
          principal_id,
          principal_type,
        ])
        .sort(),
    ).toEqual([
      ["AcrPull", PULLER, undefined],
      ["AcrPush", PUSHER, undefined],
    ]);
  });

  it("is locked after all that lies on it, which is then free before", () => {
    const stack = registryOf(
      `${kind}, lock: true, webhooks: { scan: { name: scanhook, uri: "https://scan.example/a", actions: [push] } }, diagnostics: { workspaceId: ${WORKSPACE} }`,
    );
    expect(resource(stack, "azurerm_management_lock")).toMatchObject({
      scope: registry(stack, "id"),
      lock_level: "CanNotDelete",
      depends_on: [
        address(stack, "azurerm_container_registry_webhook"),
        address(stack, "azurerm_monitor_diagnostic_setting"),
      ]
        .sort()
        .reverse(),
    });
    expect(types(registryOf(`${kind}, lock: false`))).not.toContain("azurerm_management_lock");
  });
});

it("gives roles for the repositories of images alone, where the registry grants by repository", () => {
  const stack = registryOf(`${ADOPTED}, repositoryPermissions: true, roles: { push: [${PUSHER}] }`);
  const [role] = resourcesOf(stack, "azurerm_role_assignment");
  expect(role).toMatchObject({
    role_definition_name: "Container Registry Repository Writer",
    condition: expect.stringContaining("StringEqualsIgnoreCase 'shop/web'") as string,
  });
});
