import { resource } from "../support/environment";
import { stackIn, synthesizeYaml } from "../support/synthesized";

/** An AKS cluster whose nodes pull two repositories by themselves. @param registry Its settings beside name and group. */
const nodesOf = (registry: string) =>
  stackIn(
    synthesizeYaml(`
registry: { name: sharedregistry, resourceGroup: rg, ${registry} }
images:
  web: { repository: team/web, prebuilt: "sha256:${"1".repeat(64)}" }
  api: { repository: team/api, prebuilt: "sha256:${"2".repeat(64)}" }
  other: { repository: team/other, prebuilt: "sha256:${"3".repeat(64)}" }
clusters: { one: { aks: { name: one, resourceGroup: rg }, pull: { managedIdentity: {} } } }
workloads:
  web: { image: web, clusters: [one], port: 8080 }
  api: { image: api, clusters: [one], port: 8081 }
`),
    "-identity-one",
  );

describe("nodes that pull by themselves", () => {
  test("may read what they run and nothing else, where the registry grants by repository", () => {
    const role = resource(nodesOf("existing: true, repositoryPermissions: true"), "azurerm_role_assignment");
    expect(role).toMatchObject({
      role_definition_name: "Container Registry Repository Reader",
      condition_version: "2.0",
    });
    expect(String(role.condition).match(/'team\/\w+'/g)).toEqual(["'team/api'", "'team/web'"]);
  });

  test.each(["existing: true", "location: westeurope, sku: Basic"])(
    "get AcrPull of any other registry: %s",
    (registry) => {
      const role = resource(nodesOf(registry), "azurerm_role_assignment");
      expect(role).toMatchObject({ role_definition_name: "AcrPull" });
      expect(role).not.toHaveProperty("condition");
    },
  );
});
