import { providerSchema } from "../../bindings/provider-schema";
import { resourceFacts } from "../../bindings/facts";
import type { BlockSchema } from "../../bindings/schema";

const resource = (type: string): BlockSchema | undefined =>
  providerSchema(type.split("_", 1)[0] ?? "", { resources: [type] }).resources[type];

/** The type of an attribute, and the flags that are set, in one line. */
function flags(schema: BlockSchema | undefined, name: string): string {
  const { type, ...rest } = schema?.attributes[name] ?? {};
  return [JSON.stringify(type), ...Object.entries(rest).flatMap(([flag, on]) => (on ? [flag] : []))].join(" ");
}

function limits(schema: BlockSchema | undefined, name: string): object {
  const { nesting, minItems, maxItems } = schema?.blocks[name] ?? {};
  return { nesting, minItems, maxItems };
}

describe("attributes", () => {
  test("of a container registry have their types and flags", () => {
    const registry = resource("azurerm_container_registry");

    expect(flags(registry, "name")).toBe('"string" required');
    expect(flags(registry, "sku")).toBe('"string" required');
    expect(flags(registry, "admin_enabled")).toBe('"bool" optional');
    expect(flags(registry, "retention_policy_in_days")).toBe('"number" optional');
    expect(flags(registry, "tags")).toBe('["map","string"] optional');
    expect(flags(registry, "login_server")).toBe('"string" computed');
    expect(flags(registry, "id")).toBe('"string" optional computed');
    expect(flags(registry, "data_endpoint_host_names")).toBe('["set","string"] computed');
  });

  test("of a secret are marked sensitive and write-only", () => {
    const secret = resource("kubernetes_secret_v1");

    expect(flags(secret, "data")).toBe('["map","string"] optional computed sensitive');
    expect(flags(secret, "data_wo")).toBe('["map","string"] optional writeOnly');
    expect(flags(secret, "data_wo_revision")).toBe('"number" optional');
  });

  test("inside a block are marked sensitive", () => {
    const password = resource("azurerm_container_registry_token_password")?.blocks.password1?.block;

    expect(flags(password, "value")).toBe('"string" computed sensitive');
  });

  test("tell sets from lists", () => {
    expect(flags(resource("azuread_application"), "owners")).toBe('["set","string"] optional');
    expect(flags(resource("azuread_service_principal"), "app_role_ids")).toBe('["map","string"] computed');
  });

  test("that are lists of objects are derived to the bottom", () => {
    const ingress = '["list",["object",{"hostname":"string","ip":"string"}]]';

    expect(flags(resource("kubernetes_service_v1"), "status")).toBe(
      `["list",["object",{"load_balancer":["list",["object",{"ingress":${ingress}}]]}]] computed`,
    );
    const type = "azurerm_kubernetes_cluster";
    const { dataSources } = providerSchema("azurerm", { dataSources: [type] });
    expect(flags(dataSources[type], "kube_config")).toMatch(
      /^\["list",\["object",\{.*"host":"string".*\}\]\] computed sensitive$/,
    );
  });

  test("that a binding shows as computed blocks are lists of objects", () => {
    const registry = resource("azurerm_container_registry");

    expect(flags(registry, "encryption")).toBe(
      '["list",["object",{"identity_client_id":"string","key_vault_key_id":"string"}]] optional computed',
    );
    expect(registry?.blocks).not.toHaveProperty("encryption");
  });

  test("of any type are dynamic", () => {
    expect(flags(resource("kubernetes_manifest"), "manifest")).toBe('"dynamic" required');
  });
});

describe("blocks", () => {
  test("that may be repeated have no limit", () => {
    expect(limits(resource("azurerm_container_registry"), "georeplications")).toEqual({
      nesting: "list",
      minItems: 0,
      maxItems: 0,
    });
    expect(limits(resource("azuread_application"), "app_role")).toEqual({ nesting: "set", minItems: 0, maxItems: 0 });
  });

  test("that may occur once are limited to one", () => {
    const application = resource("azuread_application");

    expect(limits(application, "api")).toEqual({ nesting: "list", minItems: 0, maxItems: 1 });
    expect(limits(application, "web")).toEqual({ nesting: "list", minItems: 0, maxItems: 1 });
    expect(limits(resource("kubernetes_deployment_v1"), "spec")).toEqual({ nesting: "list", minItems: 1, maxItems: 1 });
  });

  test("of timeouts are single", () => {
    expect(limits(resource("azurerm_container_registry"), "timeouts")).toEqual({
      nesting: "single",
      minItems: 0,
      maxItems: 0,
    });
  });

  test("that the provider fills in are computed", () => {
    const pod = resource("kubernetes_deployment_v1")?.blocks.spec?.block.blocks.template?.block.blocks.spec?.block;

    expect(pod?.blocks.image_pull_secrets?.computed).toBe(true);
    expect(pod?.blocks.container?.computed).toBe(false);
    expect(flags(pod?.blocks.container?.block, "image")).toBe('"string" optional');
  });
});

test("a data source is derived from its own binding", () => {
  const { dataSources } = providerSchema("azuread", { dataSources: ["azuread_client_config"] });

  expect(flags(dataSources.azuread_client_config, "tenant_id")).toBe('"string" computed');
});

test("a provider's own block has its nested blocks and no alias", () => {
  const { provider } = providerSchema("docker", {});

  expect(provider.attributes).not.toHaveProperty("alias");
  expect(limits(provider, "registry_auth")).toEqual({ nesting: "set", minItems: 0, maxItems: 0 });
  expect(flags(provider.blocks.registry_auth?.block, "address")).toBe('"string" required');
  expect(flags(provider.blocks.registry_auth?.block, "password")).toBe('"string" optional sensitive');
  expect(limits(providerSchema("azurerm", {}).provider, "features")).toMatchObject({ nesting: "list", maxItems: 0 });
});

test("an ephemeral resource has no binding, and is known by the facts", () => {
  const type = "azurerm_key_vault_secret";

  expect(flags(providerSchema("azurerm", { ephemeralResources: [type] }).ephemeralResources[type], "value")).toBe(
    '"string" computed',
  );
});

test("only the types asked for are there", () => {
  expect(Object.keys(providerSchema("azurerm", { resources: ["azurerm_resource_group"] }).resources)).toEqual([
    "azurerm_resource_group",
  ]);
});

test("a type without a binding is an error that names it", () => {
  expect(() => providerSchema("azurerm", { resources: ["azurerm_no_such_thing"] })).toThrow(
    "no such binding: @cdktf/provider-azurerm/lib/no-such-thing",
  );
  expect(() => providerSchema("azurerm", { ephemeralResources: ["azurerm_key"] })).toThrow(
    "ephemeral.azurerm_key has no schema, known: azurerm_key_vault_certificate, azurerm_key_vault_secret",
  );
});

describe("a newer major", () => {
  const replicas = (major?: number) => {
    const type = "azurerm_container_registry";
    const { resources } = providerSchema("azurerm", { resources: [type], ...(major !== undefined && { major }) });
    return Object.keys(resources[type]?.blocks.georeplications?.block.attributes ?? {}).sort();
  };

  it.each([
    [undefined, ["location", "regional_endpoint_enabled", "tags", "zone_redundancy_enabled"]],
    [4, ["location", "regional_endpoint_enabled", "tags", "zone_redundancy_enabled"]],
    [5, ["global_endpoint_routing_enabled", "location", "tags", "zone_redundancy_enabled"]],
  ])("%s has the arguments that it has", (major, names) => {
    expect(replicas(major)).toEqual(names);
  });

  it("replaces for its own reasons", () => {
    expect(resourceFacts("docker_image", 3)?.replaces).not.toContain("build.provenance");
    expect(resourceFacts("docker_image", 4)?.replaces).toEqual(
      expect.arrayContaining(["build.provenance", "build.build_args"]),
    );
    expect(resourceFacts("azurerm_role_assignment", 4)?.replaces).toContain("condition");
    expect(resourceFacts("azurerm_role_assignment", 5)?.replaces).not.toContain("condition");
  });
});
