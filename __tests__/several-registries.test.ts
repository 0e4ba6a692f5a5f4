import fs from "node:fs";
import path from "node:path";
import { resourcesOf, stacksIn, synthesizeFiles, temporaryFolder, type StackFile } from "./support/synthesized";

/** One cluster that pulls from the registries of two companies. */
const FILES = {
  team: `
azure: { tenantId: 11111111-0000-0000-0000-000000000000, subscriptionId: 11111111-0000-0000-0000-000000000001 }
registry: { name: teamregistry, resourceGroup: team-rg, location: westeurope, sku: Basic }
images: { web: { repository: web, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters: { shared: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
workloads: { web: { image: web, clusters: [shared], namespace: shop, port: 80 } }
`,
  vendor: `
azure: { tenantId: 22222222-0000-0000-0000-000000000000, subscriptionId: 22222222-0000-0000-0000-000000000001 }
registry: { name: vendorregistry, resourceGroup: vendor-rg, existing: true }
images: { agent: { repository: agent, prebuilt: "sha256:${"2".repeat(64)}" } }
clusters: { shared: { kubeconfig: {}, pull: { registryToken: {} } } }
namespaces: { shop: { existing: true } }
workloads: { agent: { image: agent, clusters: [shared], namespace: shop, port: 9000 } }
`,
};

describe("several registries, subscriptions and tenants in one application", () => {
  let stacks: Record<string, StackFile>;

  beforeAll(() => {
    const folder = temporaryFolder();
    const files = Object.entries(FILES).map(([name, yaml]) => {
      const file = path.join(folder, `${name}.yaml`);
      fs.writeFileSync(file, yaml);
      return file;
    });
    stacks = Object.fromEntries(stacksIn(synthesizeFiles(files)).map((stack) => [stack.name, stack]));
  });

  const stack = (name: string) => {
    const found = stacks[name];
    if (!found) throw new Error(`no stack ${name} among ${Object.keys(stacks).join(", ")}`);
    return found;
  };

  it.each([
    ["team", "11111111"],
    ["vendor", "22222222"],
  ])("%s logs in to its own tenant and subscription everywhere", (name, digits) => {
    for (const kind of ["registry", "identity-shared"]) {
      expect(stack(`${name}-${kind}`).json.provider?.azurerm).toMatchObject([
        {
          tenant_id: `${digits}-0000-0000-0000-000000000000`,
          subscription_id: `${digits}-0000-0000-0000-000000000001`,
        },
      ]);
    }
  });

  it("gives the shared cluster a pull secret for each registry, in the namespace that they share", () => {
    const secrets = ["team", "vendor"].flatMap((name) =>
      resourcesOf(stack(`${name}-workload-shared`), "kubernetes_secret_v1").map(({ metadata }) => metadata),
    );
    expect(secrets).toMatchObject([{ name: "teamregistry-secret" }, { name: "vendorregistry-secret" }]);
    const namespaces = ["team", "vendor"].map((name) =>
      resourcesOf(stack(`${name}-workload-shared`), "kubernetes_namespace_v1"),
    );
    expect(namespaces.map(({ length }) => length)).toEqual([1, 0]);
  });

  it("lets no stack of one read a state of the other", () => {
    for (const { name, json } of Object.values(stacks)) {
      const [environment = ""] = name.split("-");
      for (const id of Object.keys(json.data?.terraform_remote_state ?? {})) {
        expect(id).toMatch(new RegExp(`^cross-stack-reference-input-${environment}-`));
      }
    }
  });
});
