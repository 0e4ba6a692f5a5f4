import fs from "node:fs";
import { load, projectWith } from "../support/environment";
import { refusalOf } from "./base";

const CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: b }\n";
const POD = "apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: shop-web }] }\n";
const FILE = `registry: { name: shopregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images:
  web: { repository: shop/web, tag: "1", build: { docker: { context: docker-manifests } } }
clusters:
  blue: { kubeconfig: {}, pull: { servicePrincipal: {} } }
  green: { kubeconfig: {}, pull: { servicePrincipal: {} } }
manifests:
  shop:
    path: k8s
    clusters: [blue]
    namespace: shop
`;

const refusal = (yaml: string, files: Record<string, string> = { "k8s/a.yaml": CONFIG_MAP }) =>
  refusalOf({ "environments/demo.yaml": yaml, ...files });

it("takes a folder for the clusters that the entry names", () => {
  const project = projectWith({ "environments/demo.yaml": FILE, "k8s/a.yaml": CONFIG_MAP });
  const { shop } = load(project).environments[0]?.manifests ?? {};
  expect(shop?.clusters).toEqual(["blue"]);
  expect(shop?.set.objects.map(({ id }) => id)).toEqual(["ConfigMap_shop_a"]);
});

test.each([
  [
    "a path that leads out",
    "path: k8s",
    "path: ../k8s",
    'environments/demo.yaml:9:11 manifests.shop.path must be a file or folder below the folder of cdktf.json, or stand beside allowOutside: true, got: "../k8s"',
  ],
  [
    "a path to nothing",
    "path: k8s",
    "path: absent",
    'environments/demo.yaml:9:11 manifests.shop.path must be a file or folder that is there, got: "absent"',
  ],
  [
    "a cluster that is not there",
    "[blue]",
    "[bleu]",
    'environments/demo.yaml:10:16 manifests.shop.clusters[0] must be a key of clusters; did you mean "blue"?, got: "bleu"',
  ],
  [
    "a label of no cluster",
    "clusters: [blue]",
    "clusters: { matchLabels: { ring: a } }",
    "environments/demo.yaml:10:32 manifests.shop.clusters.matchLabels.ring is a label of no cluster",
  ],
  [
    "an image that is not there",
    "namespace: shop",
    "namespace: shop\n    images: { shop-web: wep }",
    'environments/demo.yaml:12:25 manifests.shop.images.shop-web must be a key of images; did you mean "web"?, got: "wep"',
  ],
  [
    "a name that nothing has",
    "namespace: shop",
    "namespace: shop\n    images: { a: web }",
    "environments/demo.yaml:12:15 manifests.shop.images.a is the name of no image in the manifests",
  ],
  [
    "a namespace of the system",
    "namespace: shop",
    "namespace: kube-shop",
    "environments/demo.yaml:11:16 manifests.shop.namespace must not begin with kube-, which is reserved; where it exists: namespaces: { kube-shop: { existing: true } }",
  ],
  [
    "a misspelt key",
    "namespace:",
    "namspace:",
    'environments/demo.yaml:11:5 manifests.shop.namspace is not a known key; did you mean "namespace"?',
  ],
])("refuses %s", (_title, from, to, line) => {
  expect(
    refusal(FILE.replace(from, to), {
      "k8s/a.yaml": `${CONFIG_MAP}---
${POD}`,
    }),
  ).toEqual([line]);
});

it("says what is wrong in the file and in the manifests at once, each in its place", () => {
  expect(
    refusal(FILE.replace("sku: Basic", "sku: Basics"), { "k8s/a.yaml": "kind: Pod\n", "k8s/b.json": "{" }),
  ).toEqual([
    'environments/demo.yaml:1:79 registry.sku must be one of Basic, Standard, Premium, got: "Basics"',
    "k8s/a.yaml:1:1 apiVersion is required in a manifest",
    expect.stringMatching(/^k8s\/b\.json:1:2 is not valid YAML: /),
  ]);
});

describe("what exists once", () => {
  const pair = `${FILE}  twin: { path: k8s, clusters: [green, blue], namespace: shop }\n`;

  it("is in one entry", () => {
    expect(refusal(pair)).toEqual([
      "environments/demo.yaml:12:9 manifests.twin must not be a second ConfigMap a in namespace shop on context blue of ~/.kube/config: environments/demo.yaml has it at manifests.shop",
    ]);
  });

  it("may be on several clusters", () => {
    expect(refusal(pair.replace("[green, blue]", "[green]"))).toEqual([]);
  });

  it("is not a workload as well", () => {
    const service = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n";
    const yaml = `${FILE}workloads: { web: { image: web, clusters: [blue], namespace: shop, port: 80 } }\n`;
    expect(refusal(yaml, { "k8s/a.yaml": service })).toEqual([
      "environments/demo.yaml:9:5 manifests.shop must not be a second Service web in namespace shop on context blue of ~/.kube/config: environments/demo.yaml has it at workloads.web",
    ]);
  });
});

it("takes a namespace of manifests for used", () => {
  expect(refusal(`${FILE}namespaces: { shop: { podSecurity: baseline } }\n`)).toEqual([]);
  expect(refusal(`${FILE}namespaces: { other: { podSecurity: baseline } }\n`)).toHaveLength(1);
});

it("warns of secrets in clear, and names where they end", () => {
  const secret = "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { a: b }\n";
  const project = projectWith({ "environments/demo.yaml": FILE, "k8s/a.yaml": secret });
  expect(load(project).warnings.filter((line) => line.startsWith("k8s"))).toEqual([
    "k8s/a.yaml:4:1 stringData lies in clear in the repository, and ends in the output and in the state of the cluster's workload stack",
  ]);
});

it("reads a folder once, however many clusters get it", () => {
  const clusters = Array.from(
    { length: 1000 },
    (_, index) => `  c${index}: { kubeconfig: {}, pull: { servicePrincipal: {} }, labels: { fleet: a } }`,
  );
  const yaml = FILE.replace(/clusters:\n( {2}\w+: .*\n)+/, `clusters:\n${clusters.join("\n")}\n`).replace(
    "[blue]",
    "{ matchLabels: { fleet: a } }",
  );
  const project = projectWith({ "environments/demo.yaml": yaml, "k8s/a.yaml": CONFIG_MAP });
  const reading = jest.spyOn(fs, "readFileSync");
  const { shop } = load(project).environments[0]?.manifests ?? {};
  const reads = reading.mock.calls.filter(([file]) => String(file).endsWith("k8s/a.yaml"));
  reading.mockRestore();
  expect(shop?.clusters).toHaveLength(1000);
  expect(reads).toHaveLength(1);
});

it("says that settings of a namespace have no effect which the manifests make", () => {
  const files = { "k8s/a.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n" };
  const settings = "namespaces:\n  shop: { clusters: [blue], podSecurity: baseline, labels: { team: a } }\n";
  const words = "must be left out: the object in manifests.shop makes the namespace, and says it there";
  expect(refusal(FILE + settings, files)).toEqual([
    `environments/demo.yaml:13:42 namespaces.shop.podSecurity ${words}`,
    `environments/demo.yaml:13:60 namespaces.shop.labels ${words}`,
  ]);
  const fine = `${FILE}namespaces:\n  shop: { clusters: [blue], serviceAccounts: [default] }\n`;
  expect(load(projectWith({ "environments/demo.yaml": fine, ...files })).environments).toHaveLength(1);
});

test("images of elsewhere are those of the registry that caches them, or refused where the entry says so", () => {
  const rule = 'cacheRules: { lib: { name: docker-lib, source: "docker.io/library/*", repository: "docker/*" } }';
  const caching = FILE.replace("sku: Basic", `sku: Basic, ${rule}`);
  const strict = caching.replace("namespace: shop\n", "namespace: shop\n    allowOtherImages: false\n");
  const pod = (image: string) => ({ "k8s/a.yaml": POD.replace("shop-web", image) });
  const [environment] = load(projectWith({ "environments/demo.yaml": strict, ...pod("nginx:1.27") })).environments;
  expect(environment?.manifests.shop?.set.images).toEqual([
    { kind: "other", repository: "docker/nginx", rest: ":1.27" },
  ]);
  const line =
    'k8s/a.yaml:4:40 spec.containers[0].image must be an image of the registry, or one that a rule of registry.cacheRules covers: allowOtherImages is false, got: "quay.io/a/b:1"';
  expect(refusal(strict, pod("quay.io/a/b:1"))).toEqual([line]);
  expect(refusal(caching, pod("quay.io/a/b:1"))).toEqual([]);
  const shared = caching.replace("clusters:\n", "defaults: { manifests: { allowOtherImages: false } }\nclusters:\n");
  expect(refusal(shared, pod("quay.io/a/b:1"))).toEqual([line]);
});
