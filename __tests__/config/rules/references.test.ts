import { BASE, changed, refusal, type Refusal } from "../base";

test.each<Refusal>([
  [
    "an image that does not exist",
    "image: web",
    "image: website",
    'environments/demo.yaml:20:12 workloads.web.image must be a key of images, got: "website"',
  ],
  [
    "an image whose key is misspelt",
    "image: web",
    "image: wbe",
    'environments/demo.yaml:20:12 workloads.web.image must be a key of images; did you mean "web"?, got: "wbe"',
  ],
  [
    "a cluster that does not exist",
    "clusters: [blue]",
    "clusters: [blue, production]",
    'environments/demo.yaml:21:22 workloads.web.clusters[1] must be a key of clusters, got: "production"',
  ],
  [
    "a cluster whose key is misspelt",
    "clusters: [blue]",
    "clusters: [bleu]",
    'environments/demo.yaml:21:16 workloads.web.clusters[0] must be a key of clusters; did you mean "blue"?, got: "bleu"',
  ],
  [
    "an image where there are none",
    BASE.slice(BASE.indexOf("images:"), BASE.indexOf("clusters:")),
    "images: {}\n",
    'environments/demo.yaml:13:12 workloads.web.image must be a key of images, got: "web"',
    'environments/demo.yaml:17:12 workloads.api.image must be a key of images, got: "api"',
  ],
  [
    "settings of a namespace without workloads",
    "workloads:\n",
    "namespaces: { shop: {} }\nworkloads:\n",
    "environments/demo.yaml:18:15 namespaces.shop is on no cluster: list those that pull there (clusters), or let a workload run in it",
  ],
  [
    "the namespace default, to be created",
    "workloads:\n",
    "namespaces: { default: {} }\nworkloads:\n",
    "environments/demo.yaml:18:15 namespaces.default exists in every cluster: set existing: true",
  ],
  [
    "a namespace of Kubernetes, to be created",
    "    port: 9000\n",
    "    port: 9000\n    namespace: kube-system\nnamespaces: { kube-system: {} }\n",
    "environments/demo.yaml:28:15 namespaces.kube-system exists in every cluster: set existing: true",
  ],
])("refused: %s", (_title, from, to, ...lines) => {
  expect(refusal(changed(from, to))).toEqual(lines);
});

test.each([
  ["settings of the namespace default", "workloads:\n", "namespaces: { default: { existing: true } }\nworkloads:\n"],
  ["a namespace without settings", "port: 9000", "port: 9000\n    namespace: shop"],
  ["a namespace with settings", "port: 9000\n", "port: 9000\n    namespace: shop\nnamespaces: { shop: {} }\n"],
  ["a namespace of Kubernetes", "port: 9000", "port: 9000\n    namespace: kube-system"],
])("accepted: %s", (_title, from, to) => {
  expect(refusal(changed(from, to))).toEqual([]);
});

test("the namespace of a workload that is wrong in other ways is not called unused", () => {
  const yaml = changed("port: 9000\n", "port: 0\n    namespace: shop\nnamespaces: { shop: {} }\n");
  expect(refusal(yaml)).toEqual([
    "environments/demo.yaml:26:11 workloads.api.port must be a whole number from 1 to 65535, got: 0",
  ]);
});

test("a backend that is wrong does not hide a wrong reference", () => {
  expect(refusal(`backend: { gcs: {} }\n${changed("image: web", "image: wbe")}`)).toEqual([
    "environments/demo.yaml:1:12 backend.gcs.bucket is required",
    'environments/demo.yaml:21:12 workloads.web.image must be a key of images; did you mean "web"?, got: "wbe"',
  ]);
});

describe("nodes that pull by themselves", () => {
  const tenants = ["11111111-2222-3333-4444-555555555555", "66666666-7777-8888-9999-000000000000"] as const;
  const subscription = "subscriptionId: 99999999-2222-3333-4444-555555555555";
  const aksIn = (tenant: string, azure: string, more = `, ${subscription}`) =>
    azure +
    changed("kubeconfig: { context: blue }", `aks: { name: blue, resourceGroup: rg, tenantId: ${tenant}${more} }`);
  const yaml = (tenant: string, azure = `azure: { tenantId: ${tenants[0]} }\n`) =>
    aksIn(tenant, azure).replace("servicePrincipal: { name: pull-blue }", "managedIdentity: {}");
  const rule =
    "clusters.blue.aks.tenantId must be azure.tenantId with pull.managedIdentity: an identity of another tenant can hold no role on the registry";

  test("may be in the tenant of the registry", () => {
    expect(refusal(yaml(tenants[0]))).toEqual([]);
  });

  test("must not be in another tenant", () => {
    expect(refusal(yaml(tenants[1]))).toEqual([`environments/demo.yaml:17:53 ${rule}, got: "${tenants[1]}"`]);
  });

  test("must not be in a tenant beside one that is not named", () => {
    expect(refusal(yaml(tenants[0], ""))).toEqual([`environments/demo.yaml:16:53 ${rule}, got: "${tenants[0]}"`]);
  });

  test("and other clusters of another tenant need a subscription of it", () => {
    expect(refusal(aksIn(tenants[1], `azure: { tenantId: ${tenants[0]} }\n`))).toEqual([]);
    expect(refusal(aksIn(tenants[0], `azure: { tenantId: ${tenants[0]} }\n`, ""))).toEqual([]);
    expect(refusal(aksIn(tenants[1], `azure: { tenantId: ${tenants[0]} }\n`, ""))).toEqual([
      "environments/demo.yaml:17:5 clusters.blue.aks.subscriptionId is required in another tenant than azure.tenantId: a subscription belongs to one tenant",
    ]);
  });

  test("are not compared with a tenant that is wrong itself", () => {
    expect(refusal(yaml(tenants[0], "azure: { tenantId: example.com }\n"))).toEqual([
      'environments/demo.yaml:1:20 azure.tenantId must be a UUID in lower case, got: "example.com"',
    ]);
  });

  test("are the only ones whose tenant matters: a service principal pulls from anywhere", () => {
    expect(refusal(yaml(tenants[1]).replace("managedIdentity: {}", "servicePrincipal: {}"))).toEqual([]);
  });
});
