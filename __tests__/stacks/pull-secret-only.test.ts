import { stackIn, resourcesOf, synthesizeYaml, type Json } from "../support/synthesized";

const outdir = synthesizeYaml(`
registry: { name: sharedregistry, resourceGroup: rg, existing: true }
clusters:
  onprem: { kubeconfig: {}, pull: { servicePrincipal: {} } }
  nodes: { kubeconfig: {}, pull: { managedIdentity: { objectId: 11111111-2222-3333-4444-555555555555 } } }
  others: { kubeconfig: {}, pull: { existingSecret: { name: theirs } } }
namespaces:
  shop: { clusters: [onprem, nodes], labels: { team: a }, annotations: { note: "\${x}" } }
  tools: { existing: true, clusters: [onprem, others], serviceAccounts: [default, builder] }
  chart: { existing: true, clusters: [onprem], pullSecret: { name: regcred, labels: { copy: "yes" } } }
`);
const onprem = stackIn(outdir, "-workload-onprem");

function metadataOf(stack: typeof onprem, type: string): Json[] {
  return resourcesOf(stack, type).map(({ metadata }) => metadata as Json);
}

it("makes one secret in each namespace that the file names for the cluster", () => {
  expect(metadataOf(onprem, "kubernetes_secret_v1")).toMatchObject([
    { name: "regcred", namespace: "chart", labels: { copy: "yes" } },
    { name: "sharedregistry-secret", namespace: expect.stringContaining("namespaces_shop_") as string },
    { name: "sharedregistry-secret", namespace: "tools" },
  ]);
});

it("makes the namespaces that are not somebody else's", () => {
  expect(metadataOf(onprem, "kubernetes_namespace_v1")).toEqual([
    {
      name: "shop",
      labels: { team: "a", "pod-security.kubernetes.io/enforce": "restricted" },
      annotations: { note: "$${x}" },
    },
  ]);
});

it("attaches the secret to service accounts, by reference", () => {
  const secret = expect.stringMatching(/^\$\{kubernetes_secret_v1\.namespaces_tools_pull-secret_/) as string;
  for (const type of ["kubernetes_default_service_account_v1", "kubernetes_service_account_v1"]) {
    expect(resourcesOf(onprem, type)).toMatchObject([{ image_pull_secret: [{ name: secret }] }]);
  }
});

it("tells people the secrets' names", () => {
  expect(Object.keys(onprem.json.output ?? {}).sort()).toEqual([
    "pull_secret_chart",
    "pull_secret_shop",
    "pull_secret_tools",
  ]);
});

it("runs nothing", () => {
  expect(metadataOf(onprem, "kubernetes_deployment_v1")).toEqual([]);
});

it("makes no secret where nodes pull by themselves, and the namespace all the same", () => {
  const nodes = stackIn(outdir, "-workload-nodes");
  expect(metadataOf(nodes, "kubernetes_secret_v1")).toEqual([]);
  expect(metadataOf(nodes, "kubernetes_namespace_v1")).toMatchObject([{ name: "shop" }]);
  expect(nodes.json.output).toBeUndefined();
});

it("attaches a secret that somebody else keeps", () => {
  expect(resourcesOf(stackIn(outdir, "-workload-others"), "kubernetes_service_account_v1")).toMatchObject([
    { image_pull_secret: [{ name: "theirs" }] },
  ]);
});
