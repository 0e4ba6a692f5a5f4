import { BASE, changed, refusalOf } from "../base";

/** The base with other names for all that must be unique. */
const OTHER = BASE.replace("acrdemo2ss", "acrother")
  .replace("pull-blue", "pull-other")
  .replace("context: blue", "context: other");

function refusalOfTwo(a: string, b: string): string[] {
  return refusalOf({ "environments/a.yaml": a, "environments/b.yaml": b });
}

describe("two environments", () => {
  test("with names of their own are accepted", () => {
    expect(refusalOfTwo(BASE, OTHER)).toEqual([]);
  });

  test("must not create one registry", () => {
    expect(refusalOfTwo(BASE, OTHER.replace("acrother", "acrdemo2ss").replace("tag: v1", "tag: v2"))).toEqual([
      "environments/b.yaml:2:9 registry.name must not be a second registry acrdemo2ss: environments/a.yaml has it at registry.name",
    ]);
  });

  test("may adopt one registry", () => {
    const adopt = (yaml: string) => yaml.replace("  location: centralus\n  sku: Basic\n", "  existing: true\n");
    const b = OTHER.replace("acrother", "acrdemo2ss").replace("tag: v1", "tag: v2");
    expect(refusalOfTwo(adopt(BASE), adopt(b))).toEqual([]);
  });

  test("must not push one tag", () => {
    const adopted = OTHER.replace("  location: centralus\n  sku: Basic\n", "  existing: true\n");
    expect(refusalOfTwo(BASE, adopted.replace("acrother", "acrdemo2ss"))).toEqual([
      "environments/b.yaml:8:10 images.web.tag must not be a second image acrdemo2ss/shop/web:v1: environments/a.yaml has it at images.web.tag",
    ]);
  });

  test("must not make one service principal", () => {
    expect(refusalOfTwo(BASE, OTHER.replace("pull-other", "pull-blue"))).toEqual([
      "environments/b.yaml:17:39 clusters.blue.pull.servicePrincipal.name must not be a second service principal pull-blue: environments/a.yaml has it at clusters.blue.pull.servicePrincipal.name",
    ]);
  });

  test("must not run one workload in one namespace of a cluster", () => {
    const web = "  web:\n    image: web\n    clusters: [blue]\n    port: 8080\n";
    const b = OTHER.replace("context: other", "context: blue");
    expect(refusalOfTwo(BASE.replace(web, ""), b.replace(web, ""))).toEqual([
      "environments/b.yaml:20:5 workloads.api must not be a second workload api in namespace default on context blue of ~/.kube/config: environments/a.yaml has it at workloads.api",
    ]);
  });

  test("may share a cluster", () => {
    const b = OTHER.replace("context: other", "context: blue")
      .replace("  web:\n    image", "  web-b:\n    image")
      .replace("  api:\n    image", "  api-b:\n    image");
    expect(refusalOfTwo(BASE, b)).toEqual([]);
  });

  test("may have contexts of one name in different kubeconfig files", () => {
    const b = OTHER.replace("{ context: other }", "{ context: blue, path: ~/.kube/other }");
    expect(refusalOfTwo(BASE, b)).toEqual([]);
  });

  test("must not use one pull secret in one namespace of a cluster", () => {
    const secret = (yaml: string) => yaml.replace("    pull:", "    pullSecret: shared\n    pull:");
    const b = OTHER.replace("context: other", "context: blue")
      .replace("  web:\n    image", "  web-b:\n    image")
      .replace("  api:\n    image", "  api-b:\n    image");
    expect(refusalOfTwo(secret(BASE), secret(b))).toEqual([
      "environments/b.yaml:16:5 clusters.blue must not be a second pull secret shared in namespace default on context blue of ~/.kube/config: environments/a.yaml has it at clusters.blue",
    ]);
  });

  describe("with one namespace of a cluster", () => {
    const a = BASE.replaceAll(/port: \d+/g, "$&\n    namespace: shop");
    const b = OTHER.replace("context: other", "context: blue")
      .replace("  web:\n    image", "  web-b:\n    image")
      .replace("  api:\n    image", "  api-b:\n    image")
      .replaceAll(/port: \d+/g, "$&\n    namespace: shop");

    test("must not both create it", () => {
      expect(refusalOfTwo(a, b)).toEqual([
        "environments/b.yaml:16:5 clusters.blue must not be a second creator of namespace shop on context blue of ~/.kube/config: environments/a.yaml has it at clusters.blue",
      ]);
    });

    test("are accepted where one of them adopts it", () => {
      expect(refusalOfTwo(a, `${b}namespaces: { shop: { existing: true } }\n`)).toEqual([]);
    });
  });

  test("must not claim one node port of a cluster", () => {
    const port = (yaml: string) => yaml.replace("port: 8080", "port: 8080\n    expose: NodePort\n    nodePort: 30080");
    const b = OTHER.replace("context: other", "context: blue")
      .replace("  web:\n    image", "  web-b:\n    image")
      .replace("  api:\n    image", "  api-b:\n    image");
    expect(refusalOfTwo(port(BASE), port(b))).toEqual([
      "environments/b.yaml:24:15 workloads.web-b.nodePort must not be a second node port 30080 on context blue of ~/.kube/config: environments/a.yaml has it at workloads.web.nodePort",
    ]);
  });

  test("may claim one node port of different clusters", () => {
    const port = (yaml: string) => yaml.replace("port: 8080", "port: 8080\n    expose: NodePort\n    nodePort: 30080");
    expect(refusalOfTwo(port(BASE), port(OTHER))).toEqual([]);
  });

  test("must not have stacks of one name, however it comes about", () => {
    // "shop" with cluster "x-identity-blue" and "shop-identity-x" with cluster "blue".
    const first = BASE.replaceAll("  blue:", "  x-identity-blue:").replaceAll("[blue]", "[x-identity-blue]");
    expect(refusalOf({ "environments/shop.yaml": first, "environments/shop-identity-x.yaml": OTHER })).toEqual([
      "environments/shop.yaml:16:5 clusters.x-identity-blue must not be a second stack shop-identity-x-identity-blue: environments/shop-identity-x.yaml has it at clusters.blue",
    ]);
  });

  test("must not keep two states at one place", () => {
    const backend = (prefix: string) => `backend: { cloud: { organization: shop, workspacePrefix: "${prefix}" } }\n`;
    const files = {
      "environments/a-shop.yaml": `backend: { cloud: { organization: shop } }\n${BASE}`,
      "environments/shop.yaml": `${backend("a-")}${OTHER}`,
    };
    expect(refusalOf(files)).toEqual([
      "environments/shop.yaml:3:3 registry must not be a second state cloud app.terraform.io/shop a-shop-registry: environments/a-shop.yaml has it at registry",
      "environments/shop.yaml:8:3 images must not be a second state cloud app.terraform.io/shop a-shop-images: environments/a-shop.yaml has it at images",
      "environments/shop.yaml:17:5 clusters.blue must not be a second state cloud app.terraform.io/shop a-shop-identity-blue: environments/a-shop.yaml has it at clusters.blue",
    ]);
  });
});

describe("one environment", () => {
  const two = (second: string) =>
    changed(
      "workloads:\n",
      `  green:\n    ${second}\n    pull: { servicePrincipal: { name: pull-green } }\nworkloads:\n`,
    );

  test("must not push one tag twice", () => {
    const yaml = changed(
      "  api:\n    repository",
      "  copy:\n    repository: shop/web\n    tag: v1\n    build: { docker: { context: docker-manifests } }\n  api:\n    repository",
    );
    expect(refusalOf({ "environments/demo.yaml": yaml })).toEqual([
      "environments/demo.yaml:13:10 images.copy.tag must not be a second image acrdemo2ss/shop/web:v1: environments/demo.yaml has it at images.web.tag",
    ]);
  });

  test("may push two tags of one repository", () => {
    const yaml = changed(
      "  api:\n    repository",
      "  copy:\n    repository: shop/web\n    tag: v2\n    build: { docker: { context: docker-manifests } }\n  api:\n    repository",
    );
    expect(refusalOf({ "environments/demo.yaml": yaml })).toEqual([]);
  });

  test("must not have two entries for one context", () => {
    expect(refusalOf({ "environments/demo.yaml": two("kubeconfig: { context: blue }") })).toEqual([
      "environments/demo.yaml:19:5 clusters.green must not be a second entry of demo for context blue of ~/.kube/config: environments/demo.yaml has it at clusters.blue",
    ]);
  });

  test("hears once of two entries for one context, whatever runs on both", () => {
    const yaml = two("kubeconfig: { context: blue }").replace("[blue]", "[blue, green]");
    expect(refusalOf({ "environments/demo.yaml": yaml })).toEqual([
      "environments/demo.yaml:19:5 clusters.green must not be a second entry of demo for context blue of ~/.kube/config: environments/demo.yaml has it at clusters.blue",
    ]);
  });

  test("must not have two entries for one AKS cluster", () => {
    const aks = "aks: { name: blue, resourceGroup: rg }";
    const yaml = two(aks).replace("kubeconfig: { context: blue }", aks);
    expect(refusalOf({ "environments/demo.yaml": yaml })).toEqual([
      "environments/demo.yaml:19:5 clusters.green must not be a second entry of demo for AKS cluster rg/blue: environments/demo.yaml has it at clusters.blue",
    ]);
  });

  test("must not give two clusters one service principal", () => {
    const yaml = two("kubeconfig: { context: green }").replace("pull-green", "pull-blue");
    expect(refusalOf({ "environments/demo.yaml": yaml })).toEqual([
      "environments/demo.yaml:20:39 clusters.green.pull.servicePrincipal.name must not be a second service principal pull-blue: environments/demo.yaml has it at clusters.blue.pull.servicePrincipal.name",
    ]);
  });

  test("must not claim a node port twice", () => {
    const yaml = BASE.replaceAll(/port: \d+/g, "$&\n    expose: NodePort\n    nodePort: 30080");
    expect(refusalOf({ "environments/demo.yaml": yaml })).toEqual([
      "environments/demo.yaml:30:15 workloads.api.nodePort must not be a second node port 30080 on context blue of ~/.kube/config: environments/demo.yaml has it at workloads.web.nodePort",
    ]);
  });
});

test("AKS clusters of one name in different subscriptions are different clusters", () => {
  const aks = (subscription: string) => `aks: { name: aks, resourceGroup: rg, subscriptionId: ${subscription} }`;
  const a = BASE.replace("kubeconfig: { context: blue }", aks("11111111-1111-1111-1111-111111111111"));
  const b = OTHER.replace("kubeconfig: { context: other }", aks("22222222-2222-2222-2222-222222222222"));
  expect(refusalOfTwo(a, b)).toEqual([]);
});

describe("an AKS cluster without a subscription of its own is in the environment's", () => {
  const [ONE, TWO] = ["11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"];
  const aks = (yaml: string, context: string, own: string) =>
    yaml.replace(`kubeconfig: { context: ${context} }`, `aks: { name: aks, resourceGroup: rg${own} }`);
  const silent = `azure: { subscriptionId: ${ONE} }\n${aks(BASE, "blue", "")}`;
  const naming = (subscription: string) => aks(OTHER, "other", `, subscriptionId: ${subscription}`);

  test("so that a file that names it may not run the same workload there", () => {
    expect(refusalOfTwo(silent, naming(ONE))).toContain(
      `environments/b.yaml:20:5 workloads.web must not be a second workload web in namespace default on AKS cluster rg/aks of subscription ${ONE}: environments/a.yaml has it at workloads.web`,
    );
  });

  test("and not in another", () => {
    expect(refusalOfTwo(silent, naming(TWO))).toEqual([]);
  });
});

describe("one role on one registry", () => {
  const ID = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
  const adopt = (yaml: string, tag = "v1") =>
    yaml
      .replace("  location: centralus\n  sku: Basic\n", "  existing: true\n")
      .replace("acrother", "acrdemo2ss")
      .replace("tag: v1", `tag: ${tag}`);
  const known = (yaml: string) =>
    yaml.replace(/servicePrincipal: \{ name: [\w-]+ \}/, `managedIdentity: { objectId: ${ID} }`);
  const rule = (principal: string, place: string) =>
    `must not be a second role AcrPull of ${principal} on registry acrdemo2ss: environments/a.yaml has it at ${place}`;

  test("is not granted twice to one principal, by two files that adopt it", () => {
    expect(refusalOfTwo(adopt(known(BASE)), adopt(known(OTHER), "v2"))).toEqual([
      `environments/b.yaml:16:42 clusters.blue.pull.managedIdentity.objectId ${rule(`principal ${ID}`, "clusters.blue.pull.managedIdentity.objectId")}`,
    ]);
  });

  test("is not granted twice to one principal, by two clusters of a file", () => {
    const green = `  green:\n    kubeconfig: {}\n    pull: { managedIdentity: { objectId: ${ID} } }\nworkloads:\n`;
    expect(refusalOf({ "environments/a.yaml": known(BASE).replace("workloads:\n", green) })).toEqual([
      `environments/a.yaml:20:42 clusters.green.pull.managedIdentity.objectId ${rule(`principal ${ID}`, "clusters.blue.pull.managedIdentity.objectId")}`,
    ]);
  });

  test("is not granted twice to the nodes of one AKS cluster, however its name is written", () => {
    const nodes = (yaml: string, name: string, group: string) =>
      yaml
        .replace(/kubeconfig: \{ context: \w+ \}/, `aks: { name: ${name}, resourceGroup: ${group} }`)
        .replace(/servicePrincipal: \{ name: [\w-]+ \}/, "managedIdentity: {}")
        .replace(/(workloads:\n)[^]*/, "workloads: {}\n");
    const a = adopt(nodes(BASE, "aks", "rg"));
    expect(refusalOfTwo(a, adopt(nodes(OTHER, "AKS", "Rg"), "v2"))).toEqual([
      `environments/b.yaml:16:30 clusters.blue.pull.managedIdentity ${rule("the nodes of AKS cluster Rg/AKS", "clusters.blue.pull.managedIdentity")}`,
    ]);
    expect(refusalOfTwo(a, adopt(nodes(OTHER, "aks2", "rg"), "v2"))).toEqual([]);
  });

  test("may be granted to one principal on two registries", () => {
    expect(refusalOfTwo(known(BASE), known(OTHER))).toEqual([]);
  });
});

describe("letter case tells nothing apart in Azure:", () => {
  test("service principals", () => {
    expect(refusalOfTwo(BASE, OTHER.replace("pull-other", "Pull-Blue"))).toEqual([
      expect.stringContaining("must not be a second service principal Pull-Blue: environments/a.yaml has it"),
    ]);
  });

  test("key vaults", () => {
    const vault = (yaml: string, name: string) =>
      yaml.replace(
        /(servicePrincipal: \{ name: [\w-]+ \})/,
        `$1, keyVault: { name: ${name}, resourceGroup: rg, location: westeurope }`,
      );
    expect(refusalOfTwo(vault(BASE, "shop-kv"), vault(OTHER, "Shop-KV"))).toEqual([
      expect.stringContaining("must not be a second creator of key vault Shop-KV: environments/a.yaml has it"),
    ]);
  });

  test("tokens of one registry", () => {
    const token = (yaml: string, name: string) =>
      yaml
        .replace("  location: centralus\n  sku: Basic\n", "  existing: true\n")
        .replace("acrother", "acrdemo2ss")
        .replace("tag: v1", "tag: v2")
        .replace(/servicePrincipal: \{ name: [\w-]+ \}/, `registryToken: { name: ${name} }`);
    expect(refusalOfTwo(token(BASE, "pull-a").replace("tag: v2", "tag: v1"), token(OTHER, "Pull-A"))).toEqual([
      expect.stringContaining("must not be a second token Pull-A of registry acrdemo2ss: environments/a.yaml has it"),
    ]);
  });

  test("what runs on an AKS cluster", () => {
    const aks = (yaml: string, name: string) =>
      yaml.replace(/kubeconfig: \{ context: \w+ \}/, `aks: { name: ${name}, resourceGroup: rg }`);
    expect(refusalOfTwo(aks(BASE, "aks"), aks(OTHER, "AKS"))).toContainEqual(
      expect.stringContaining("must not be a second workload web in namespace default on AKS cluster rg/AKS"),
    );
  });

  test("but kubeconfig contexts are what they are", () => {
    expect(refusalOfTwo(BASE, OTHER.replace("context: other", "context: Blue"))).toEqual([]);
  });

  test("and tags of images too", () => {
    const adopt = (yaml: string, tag: string) =>
      yaml
        .replace("  location: centralus\n  sku: Basic\n", "  existing: true\n")
        .replace("acrother", "acrdemo2ss")
        .replace("tag: v1", `tag: ${tag}`);
    expect(refusalOfTwo(adopt(BASE, "v1"), adopt(OTHER, "V1"))).toEqual([]);
  });
});
