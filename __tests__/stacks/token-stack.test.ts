import { resource } from "../support/environment";
import { resourcesOf, stackIn, stacksIn, synthesizeYaml } from "../support/synthesized";

const VAULT = "vault: { name: kv-one, resourceGroup: sec }";
const synthesized = (kind: string, token: string) =>
  synthesizeYaml(`
registry: { name: shopregistry, resourceGroup: rg, ${kind}, tokens: { ci: { name: ci-token, ${token}, ${VAULT} } } }
images: {}
clusters: {}
workloads: {}
`);

describe.each(["location: westeurope, sku: Basic", "existing: true"])("a token on a registry: %s", (kind) => {
  const stack = (token: string) => stackIn(synthesized(kind, token), "-token-ci");

  it("has a stack of its own, with slots that take turns", () => {
    const outdir = synthesized(kind, "repositories: [shop/web]");
    expect(stacksIn(outdir).map(({ name }) => name)).toEqual(["test-registry", "test-token-ci"]);
    const tokens = resourcesOf(stackIn(outdir, "-token-ci"), "azurerm_container_registry_token");
    expect(tokens.map(({ name }) => name).sort()).toEqual(["ci-token-0", "ci-token-1", "ci-token-2", "ci-token-3"]);
  });

  it.each([
    ["repositories: [shop/web]", ["content/read", "metadata/read"]],
    ["repositories: [shop/web], actions: [push]", ["content/read", "content/write", "metadata/read", "metadata/write"]],
    ["repositories: [shop/web], actions: [pull, delete]", ["content/delete", "content/read", "metadata/read"]],
  ])("may do no more than it says: %s", (token, actions) => {
    expect(resource(stack(token), "azurerm_container_registry_scope_map").actions).toEqual(
      actions.map((action) => `repositories/shop/web/${action}`),
    );
  });

  it("leaves password and user name in the vault, and the password in no output", () => {
    const made = stack("repositories: [shop/web]");
    const secrets = resourcesOf(made, "azurerm_key_vault_secret");
    expect(secrets.map(({ name }) => name).sort()).toEqual(["test-token-ci", "test-token-ci-username"]);
    expect(secrets.find(({ name }) => name === "test-token-ci")).toMatchObject({
      value_wo: expect.stringContaining("password") as string,
    });
    expect(Object.keys(made.json.output ?? {}).sort()).toEqual(["active_slot", "apply_before", "expires", "username"]);
    for (const { value } of Object.values(made.json.output ?? {})) expect(value).not.toContain("password");
  });
});
