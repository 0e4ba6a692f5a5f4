import { dataSource } from "../support/environment";
import { stackIn, synthesizeYaml, type Json, type StackFile } from "../support/synthesized";

const HERE = "11111111-1111-1111-1111-111111111111";
const THERE = "22222222-2222-2222-2222-222222222222";
const SUBSCRIPTION = "33333333-3333-3333-3333-333333333333";
const VAULT = "keyVault: { name: demo-vault, resourceGroup: rg, existing: true }";

/** An environment with one AKS cluster. @param azure The environment's. @param place The cluster's, beside its name. */
const environment = (azure: string, place: string, more = "") => `
azure: ${azure}
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: web, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters:
  one: { aks: { name: one, resourceGroup: rg, ${place} }, pull: { servicePrincipal: { name: pull-one }, ${more} } }
workloads: { web: { image: web, clusters: [one], port: 8080 } }
`;

const ELSEWHERE = `tenantId: ${THERE}, subscriptionId: ${SUBSCRIPTION}`;

const workload = (...parts: Parameters<typeof environment>) =>
  stackIn(synthesizeYaml(environment(...parts)), "-workload-one");

const azurerm = ({ json }: StackFile) =>
  (json.provider?.azurerm ?? []).map(({ alias, tenant_id, subscription_id }) => [alias, tenant_id, subscription_id]);

/** What the kubernetes provider calls kubelogin with after the option. */
function kubelogin({ json }: StackFile, option: string): string | undefined {
  const { args } = (json.provider?.kubernetes?.[0]?.exec as Json[])[0] as { args: string[] };
  return args.includes(option) ? args[args.indexOf(option) + 1] : undefined;
}

describe("an AKS cluster in the environment's tenant", () => {
  it("is found, and logged in to, with the environment's tenant", () => {
    const stack = workload(`{ tenantId: ${HERE} }`, `subscriptionId: ${SUBSCRIPTION}`);
    expect(azurerm(stack)).toEqual([[undefined, HERE, SUBSCRIPTION]]);
    expect(kubelogin(stack, "--tenant-id")).toBe(HERE);
  });

  it("is logged in to with the tenant of the login where nobody names one", () => {
    const stack = workload("{}", "login: msi");
    expect(azurerm(stack)).toEqual([[undefined, undefined, undefined]]);
    expect(kubelogin(stack, "--tenant-id")).toBeUndefined();
  });

  it("needs no second provider for a key vault, which any subscription of the tenant reads", () => {
    const stack = workload(`{ tenantId: ${HERE} }`, `tenantId: ${HERE}, subscriptionId: ${SUBSCRIPTION}`, VAULT);
    expect(azurerm(stack)).toEqual([[undefined, HERE, SUBSCRIPTION]]);
    expect(dataSource(stack, "azurerm_kubernetes_cluster")).not.toHaveProperty("provider");
  });
});

describe("an AKS cluster in another tenant", () => {
  it("is found, and logged in to, with its own tenant", () => {
    const stack = workload(`{ tenantId: ${HERE} }`, ELSEWHERE);
    expect(azurerm(stack)).toEqual([[undefined, THERE, SUBSCRIPTION]]);
    expect(dataSource(stack, "azurerm_kubernetes_cluster")).not.toHaveProperty("provider");
    expect(kubelogin(stack, "--tenant-id")).toBe(THERE);
  });

  it.each([
    ["named", `{ tenantId: ${HERE} }`, HERE],
    ["that of the login", "{}", undefined],
  ])("leaves a key vault to the environment's tenant, %s", (_, azure, tenant) => {
    const stack = workload(azure, ELSEWHERE, VAULT);
    expect(azurerm(stack)).toEqual([
      ["aks", THERE, SUBSCRIPTION],
      [undefined, tenant, undefined],
    ]);
    expect(dataSource(stack, "azurerm_kubernetes_cluster").provider).toBe("azurerm.aks");
    expect(stack.json.ephemeral?.azurerm_key_vault_secret?.["pull-password"]).not.toHaveProperty("provider");
    expect(kubelogin(stack, "--tenant-id")).toBe(THERE);
  });

  it("changes nothing in the stack that makes its identity, beside the registry", () => {
    const identity = (place: string) =>
      stackIn(synthesizeYaml(environment(`{ tenantId: ${HERE} }`, place)), "-identity-one").text;
    expect(identity(ELSEWHERE)).toBe(identity("login: msi"));
  });
});
