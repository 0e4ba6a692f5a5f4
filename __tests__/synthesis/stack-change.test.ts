import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../../config";
import { describeChanges, type Changes } from "../../synthesis/changes";
import { synthesizeAtOnce } from "../../synthesis/synthesize";
import { PROJECT, temporaryFolder } from "../support/synthesized";

const YAML = `
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Premium, zoneRedundancy: false }
images: { web: { repository: web, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters: { one: { kubeconfig: { context: one }, pull: { registryToken: { name: pull-one } } } }
workloads: { web: { image: web, clusters: [one], namespace: shop, port: 80 } }
`;

/** What synthesis says of an edit, with shortened addresses. */
function warningsOf(edit: (yaml: string) => string): string[] {
  const outputDirectory = temporaryFolder();
  const settings = { projectDirectory: PROJECT, tokenTraces: false, outputDirectory };
  let told: Changes | undefined;
  for (const yaml of [YAML, edit(YAML)]) {
    const file = path.join(temporaryFolder(), "test.yaml");
    fs.writeFileSync(file, yaml);
    const { environments } = loadConfiguration({ ...settings, environments: [file] });
    synthesizeAtOnce(environments, settings, (changes) => (told = changes));
  }
  return describeChanges(told ?? { gone: [], destructive: [], written: [] }, settings).map((line) =>
    line.replace(/_[0-9A-F]{8}\b/g, ""),
  );
}

it.each<[string, (yaml: string) => string, string[]]>([
  [
    "the registry's name",
    (yaml) => yaml.replace("testregistry", "otherregistry"),
    [
      "the next apply of test-registry destroys and creates again azurerm_container_registry.container-registry (name)",
      "the next apply of test-images pushes to otherregistry anew; what it has pushed to testregistry goes with it",
      "the next apply of test-images fails, since it cannot read what it has pushed to testregistry: add testregistry to registry.formerly until it has been applied",
      // Its name is in the name of the pull secret.
      "the next apply of test-workload-one destroys and creates again kubernetes_secret_v1.namespaces_shop_pull-secret (metadata.name)",
    ],
  ],
  [
    "its location",
    (yaml) => yaml.replace("westeurope", "northeurope"),
    [
      "the next apply of test-registry destroys and creates again azurerm_container_registry.container-registry (location), azurerm_resource_group.container-registry_resource-group (location)",
    ],
  ],
  [
    "its resource group",
    (yaml) => yaml.replace("resourceGroup: rg", "resourceGroup: other"),
    [
      "the next apply of test-registry destroys and creates again azurerm_resource_group.container-registry_resource-group (name), azurerm_container_registry.container-registry (resource_group_name)",
    ],
  ],
  [
    "its zone redundancy",
    (yaml) => yaml.replace("zoneRedundancy: false", "zoneRedundancy: true"),
    [
      "the next apply of test-registry destroys and creates again azurerm_container_registry.container-registry (zone_redundancy_enabled)",
    ],
  ],
  [
    "a kubeconfig context",
    (yaml) => yaml.replace("context: one", "context: two"),
    [
      "the next apply of test-workload-one leads to another cluster: what it has deployed stays in the former one, and nothing destroys it there; where it is the same in another way, nothing changes",
    ],
  ],
])("says what a change of %s destroys", (_title, edit, expected) => {
  expect(warningsOf(edit)).toEqual(expected);
});

it("says that another namespace is another Deployment and Service", () => {
  const [gone, replaced] = warningsOf((yaml) => yaml.replace("namespace: shop", "namespace: store"));
  expect(gone).toMatch(
    /destroys kubernetes_namespace_v1\.namespaces_shop.* and creates kubernetes_namespace_v1\.namespaces_store/,
  );
  expect(replaced).toMatch(
    /destroys and creates again kubernetes_deployment_v1\.workloads_web_deployment \(metadata\.namespace\), kubernetes_service_v1\.workloads_web_service \(metadata\.namespace\)$/,
  );
});

it("says that another name of the token is another token", () => {
  const lines = warningsOf((yaml) => yaml.replace("pull-one", "pull-two"));
  expect(lines.join("\n")).toMatch(/azurerm_container_registry_token\.\S+ \(name\)/);
});

it("says of another backend, for each stack, that the state stays behind", () => {
  const lines = warningsOf((yaml) => `${yaml}backend: { gcs: { bucket: states } }\n`);
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line).toMatch(/^the next apply of test-\S+ looks for its state in another place/);
});

it.each<[string, (yaml: string) => string]>([
  ["a port", (yaml) => yaml.replace("port: 80", "port: 81")],
  ["a new version of an image", (yaml) => yaml.replace("tag: v1", "tag: v2")],
  ["tags", (yaml) => `${yaml}tags: { a: b }\n`],
  ["replicas", (yaml) => yaml.replace("port: 80", "port: 80, replicas: 3")],
])("says nothing of %s", (_title, edit) => {
  expect(warningsOf(edit)).toEqual([]);
});

const ADOPTED = YAML.replace(/registry: .*/, "registry: { name: testregistry, resourceGroup: rg, existing: true }");

it("says that what somebody else looks after from now on is handed over, and not destroyed", () => {
  expect(warningsOf(() => ADOPTED)).toEqual([
    "the next apply of test-registry hands over azurerm_container_registry.container-registry, azurerm_resource_group.container-registry_resource-group to somebody else, and destroys nothing of it",
  ]);
});

it("says of the registry's former name that it is known", () => {
  const lines = warningsOf((yaml) =>
    yaml.replace("name: testregistry", "name: otherregistry, formerly: [testregistry]"),
  );
  expect(lines.join("\n")).toContain("what it has pushed to testregistry goes with it");
  expect(lines.join("\n")).not.toContain("registry.formerly");
});

it("says that another way of taking turns renews every password", () => {
  const lines = warningsOf((yaml) => yaml.replace("{ name: pull-one }", "{ name: pull-one, rotation: { slots: 5 } }"));
  expect(lines.join("\n")).toMatch(
    /the next apply of test-identity-one renews azurerm_container_registry_token_password\./,
  );
});

it("says that another subscription leaves everything where it is", () => {
  const id = (digit: string) => `${digit.repeat(8)}-1111-1111-1111-${"1".repeat(12)}`;
  const lines = warningsOf((yaml) => `${yaml}azure: { subscriptionId: ${id("2")} }\n`);
  expect(lines[0]).toMatch(
    /^the next apply of test-identity-one leaves what it has deployed in the former subscription/,
  );
});
