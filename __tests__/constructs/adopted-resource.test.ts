import { resourcesOf, stackIn, synthesizeYaml, type Json, type StackFile } from "../support/synthesized";

/** Everything that can be adopted, but for manifests and the role of nodes. */
const YAML = `
registry: { name: acrtutorial01, resourceGroup: tutorial-rg, location: centralus, sku: Basic, adopt: true }
images: { web: { repository: shop/web, prebuilt: sha256:${"a".repeat(64)} } }
clusters: { old: { kubeconfig: {}, pull: { servicePrincipal: { adopt: { clientId: 3a1b5f0e-7c0d-4f4e-9a55-0c6a2f1d8e77 } } } } }
namespaces: { shop: { adopt: true, pullSecret: { name: regcred, adopt: true } } }
workloads: { web: { image: web, namespace: shop, clusters: [old], port: 80, replicas: 2, adopt: { selector: { app: old } } } }
`;

const outdir = synthesizeYaml(YAML);
const kept = synthesizeYaml(
  YAML.replace("adopt: { selector", "keep: { selector")
    .replaceAll(/, adopt: true/g, "")
    .replace("adopt: true, ", "")
    .replace(/adopt: { clientId: \S+ }/, ""),
);

/** The types of resources with a flag of their life cycle. */
function withLifecycle({ json }: StackFile): string[] {
  return Object.entries(json.resource ?? {})
    .filter(([, blocks]) =>
      Object.values(blocks).some((block) => (block.lifecycle as Json | undefined)?.prevent_destroy),
    )
    .map(([type]) => type);
}

function importedBy({ json }: StackFile): string[] {
  return (json.import ?? []).map(({ to }) => String(to).split(".")[0] ?? "").toSorted();
}

describe.each([
  ["-registry", ["azurerm_container_registry", "azurerm_resource_group"]],
  ["-identity-old", ["azuread_application", "azuread_service_principal", "azurerm_role_assignment"]],
  [
    "-workload-old",
    ["kubernetes_deployment_v1", "kubernetes_namespace_v1", "kubernetes_secret_v1", "kubernetes_service_v1"],
  ],
])("%s", (ending, adopted) => {
  test("imports what was made by hand, and lets nothing destroy it", () => {
    expect(importedBy(stackIn(outdir, ending))).toEqual(adopted);
    expect(withLifecycle(stackIn(outdir, ending)).toSorted()).toEqual(adopted);
  });

  test("needs the Terraform that knows for_each of an import", () => {
    expect(stackIn(outdir, ending).json.terraform).toMatchObject({ required_version: ">= 1.7.0" });
  });

  test("has none of that once adopt is dropped", () => {
    const { json } = stackIn(kept, ending);
    expect(json).not.toHaveProperty("import");
    expect(withLifecycle(stackIn(kept, ending))).toEqual([]);
    expect(Object.keys(json.data ?? {})).not.toContain("kubernetes_resources");
  });

  test("has the same resources then", () => {
    const namesIn = ({ json }: StackFile) =>
      Object.entries(json.resource ?? {}).flatMap(([type, blocks]) =>
        Object.keys(blocks).map((name) => `${type}.${name}`),
      );
    expect(namesIn(stackIn(kept, ending))).toEqual(namesIn(stackIn(outdir, ending)));
  });
});

test("the selector of old reaches Deployment, template, Service and disruption budget", () => {
  for (const folder of [outdir, kept]) {
    const stack = stackIn(folder, "-workload-old");
    const [deployment] = resourcesOf(stack, "kubernetes_deployment_v1");
    const [service] = resourcesOf(stack, "kubernetes_service_v1");
    const [budget] = resourcesOf(stack, "kubernetes_pod_disruption_budget_v1");
    expect(deployment).toMatchObject({
      spec: { selector: { match_labels: { app: "old" } }, template: { metadata: { labels: { app: "old" } } } },
    });
    expect(service).toMatchObject({ spec: { selector: { app: "old" } } });
    expect(budget).toMatchObject({ spec: { selector: { match_labels: { app: "old" } } } });
  }
});

test("an adopted Service waits for new pods: those of old have no port of its target's name", () => {
  const [service] = resourcesOf(stackIn(outdir, "-workload-old"), "kubernetes_service_v1");
  expect(service?.depends_on).toEqual([expect.stringMatching(/^kubernetes_deployment_v1\./)]);
});

test("no data source reads a secret into the state", () => {
  const { json } = stackIn(outdir, "-workload-old");
  const kinds = Object.values(json.data?.kubernetes_resources ?? {}).map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual(["Deployment", "Namespace", "Service"]);
  expect(json.import?.map(({ id }) => id)).toContain("shop/regcred");
});
