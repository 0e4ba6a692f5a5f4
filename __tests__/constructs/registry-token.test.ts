import { TerraformOutput } from "cdktf";
import { RegistryToken } from "../../constructs/registry-token";
import { address, resource, resources, synthConstruct, types } from "../support/environment";

const synth = (repositories: readonly string[]) =>
  synthConstruct((scope) => {
    const { secret } = new RegistryToken(scope, "registry-token", {
      name: "shop-pull",
      registry: { id: "id", loginServer: "host", name: "shopregistry", resourceGroupName: "shop-rg" },
      repositories,
      rotation: { periodDays: 30, slots: 3, lag: 1 },
    });
    for (const [name, value] of Object.entries(secret)) new TerraformOutput(scope, name, { value: String(value) });
  });

const stack = synth(["shop/web", "shop/api", "shop/web"]);

test("scope map, tokens, passwords and nothing else are made: no Entra ID", () => {
  expect(types(stack)).toEqual([
    "azurerm_container_registry_scope_map",
    "azurerm_container_registry_token",
    "azurerm_container_registry_token_password",
  ]);
});

test("the scope map lets each repository be read once, and nothing be written", () => {
  expect(resource(stack, "azurerm_container_registry_scope_map")).toEqual({
    name: "shop-pull",
    container_registry_name: "shopregistry",
    resource_group_name: "shop-rg",
    actions: [
      "repositories/shop/api/content/read",
      "repositories/shop/api/metadata/read",
      "repositories/shop/web/content/read",
      "repositories/shop/web/metadata/read",
    ],
  });
});

test("without repositories the scope map is one that Azure takes, and lets nothing be read that is there", () => {
  expect(resource(synth([]), "azurerm_container_registry_scope_map").actions).toEqual([
    "repositories/acr-pull-none/content/read",
    "repositories/acr-pull-none/metadata/read",
  ]);
});

test("every slot is a token of its own, on the one scope map", () => {
  const tokens = resources(stack, "azurerm_container_registry_token");
  expect(tokens.map(({ name }) => name)).toEqual(["shop-pull-0", "shop-pull-1", "shop-pull-2"]);
  for (const { scope_map_id } of tokens) {
    expect(scope_map_id).toBe(`\${${address(stack, "azurerm_container_registry_scope_map")}.id}`);
  }
});

test("every password ends, and is destroyed before its successor is made", () => {
  const passwords = resources(stack, "azurerm_container_registry_token_password");
  expect(passwords).toHaveLength(3);
  for (const password of passwords) {
    expect(password.password1).toEqual({ expiry: expect.stringMatching(/^\$\{timeadd\(/) as string });
    expect(password).not.toHaveProperty("password2");
    expect(password).not.toHaveProperty("lifecycle");
  }
});

test("user name and password are those of the active slot", () => {
  for (const name of ["username", "password"]) {
    const local = /^\$\{local\.(.+)\}$/.exec(stack.json.output?.[name]?.value ?? "")?.[1] ?? "";
    expect(stack.json.locals?.[local]).toMatch(/^\$\{element\(\[.*\], local\.active_slot\)\}$/);
  }
});
