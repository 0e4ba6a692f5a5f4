import { load, projectWith } from "../../support/environment";
import { BASE, changed, refusal } from "../base";

/** The base with settings of the cluster blue, which is reached by kubeconfig. */
const blue = (settings: string, yaml = BASE) => yaml.replace("    pull:", `    ${settings}\n    pull:`);
const AKS = "aks: { name: blue, resourceGroup: rg }";
const inAks = (yaml: string) => yaml.replace("kubeconfig: { context: blue }", AKS);

describe("an image is built for the nodes that run it:", () => {
  const built = (platform: string) =>
    changed("{ context: docker-manifests }", `{ context: docker-manifests, platform: ${platform} }`);
  const line = (place: string, architecture: string, got = "") =>
    `environments/demo.yaml:${place} images.web.build.docker.platform must be linux/${architecture}, for the nodes of blue that run web: see the cluster's architecture, and nodeSelector kubernetes.io/arch${got}`;
  const selecting = (architecture: string, yaml: string) =>
    yaml.replace("port: 8080", `port: 8080\n    nodeSelector: { kubernetes.io/arch: ${architecture} }`);

  test("linux/arm64 on amd64, which is silent", () => {
    expect(refusal(built("linux/arm64"))).toEqual([line("10:61", "amd64", ', got: "linux/arm64"')]);
  });

  test("linux/amd64, which is silent, on arm64", () => {
    expect(refusal(blue("architecture: arm64"))).toEqual([line("10:14", "arm64")]);
  });

  test("windows on linux", () => {
    expect(refusal(built("windows/amd64"))).toEqual([line("10:61", "amd64", ', got: "windows/amd64"')]);
  });

  test("on nodes that the workload chooses", () => {
    expect(refusal(selecting("arm64", BASE))).toEqual([line("10:14", "arm64")]);
    expect(refusal(selecting("arm64", built("linux/arm64")))).toEqual([]);
  });

  test("on virtual nodes, which are all amd64", () => {
    const virtual = (yaml: string) => inAks(yaml).replace("port: 8080", "port: 8080\n    virtualNodes: true");
    expect(refusal(virtual(blue("architecture: arm64")))).toEqual([]);
  });

  test.each([
    ["linux/arm64", "arm64"],
    ["linux/arm64/v8", "arm64"],
    ["linux/arm/v7", "arm"],
  ])("%s on %s is accepted", (platform, architecture) => {
    expect(refusal(blue(`architecture: ${architecture}`, built(platform)))).toEqual([]);
  });

  test("an image that another pipeline pushes is unknown", () => {
    expect(refusal(blue("architecture: arm64", built("linux/arm64")))).toEqual([]);
  });
});

describe("virtual nodes", () => {
  const virtual = (yaml: string) => yaml.replace("port: 8080", "port: 8080\n    virtualNodes: true");
  const line = (place: string, why: string) =>
    `environments/demo.yaml:${place} workloads.web.virtualNodes needs an AKS cluster that pulls with a password, and blue ${why}`;

  test("are none where kubeconfig reaches the cluster", () => {
    expect(refusal(virtual(BASE))).toEqual([line("23:19", "is reached by kubeconfig")]);
  });

  test("do not pull with the nodes' identity", () => {
    const yaml = inAks(virtual(BASE)).replace("servicePrincipal: { name: pull-blue }", "managedIdentity: {}");
    expect(refusal(yaml)).toEqual([line("23:19", "pulls with managedIdentity")]);
  });

  test("of an AKS cluster are accepted", () => {
    expect(refusal(inAks(virtual(BASE)))).toEqual([]);
  });
});

test("a load balancer needs a cluster that has some", () => {
  const exposed = changed("port: 8080", "port: 8080\n    expose: LoadBalancer");
  expect(refusal(exposed)).toEqual([]);
  expect(refusal(blue("loadBalancers: false", exposed))).toEqual([
    'environments/demo.yaml:24:13 workloads.web.expose needs a cluster with load balancers, and blue has none (loadBalancers: false), got: "LoadBalancer"',
  ]);
  expect(refusal(blue("loadBalancers: false"))).toEqual([]);
});

describe("warned of:", () => {
  const warnings = (yaml: string) => load(projectWith({ "environments/demo.yaml": yaml })).warnings;
  const closed = changed("sku: Basic", "sku: Premium\n  publicAccess: false");

  test("a registry without public access, and clusters that do not say how they get in", () => {
    expect(warnings(closed)).toEqual([
      "environments/demo.yaml:6:17 registry.publicAccess leaves private endpoints as the only way in, and clusters.blue has none: privateEndpoint: true says that somebody keeps one",
    ]);
    expect(warnings(blue("privateEndpoint: true", closed))).toEqual([]);
    expect(warnings(closed.replace("publicAccess: false", "publicAccess: true"))).toEqual([]);
  });

  const others = (namespace: string) =>
    BASE.replace("servicePrincipal: { name: pull-blue }", "existingSecret: { name: creds }").replaceAll(
      /port: \d+/g,
      `$&\n    namespace: ${namespace}`,
    );

  test("somebody else's secret in a namespace that is only just made, once", () => {
    expect(warnings(others("shop"))).toEqual([
      "environments/demo.yaml:17:37 clusters.blue.pull.existingSecret.name cannot be in the namespace shop before workloads.web makes it: something in the cluster must put it there, or the namespace is somebody else's as well (namespaces: { shop: { existing: true } })",
    ]);
    expect(warnings(others("default"))).toEqual([]);
    expect(warnings(`${others("shop")}namespaces: { shop: { existing: true } }\n`)).toEqual([]);
  });

  test("manifests that may be purged while they run", () => {
    const retained = changed("sku: Basic", "sku: Premium\n  retentionDays: 7");
    const purged = "may be purged while it runs: registry.retentionDays = 7 deletes manifests without a tag, and";
    const moving = retained.replace("tag: v1", "tag: latest\n    allowLatest: true");
    expect(warnings(moving)).toEqual([
      `environments/demo.yaml:10:10 images.web.tag ${purged} the next push takes this one away`,
      `environments/demo.yaml:15:15 images.api.prebuilt ${purged} nobody says that this one has one`,
    ]);
    expect(warnings(retained.replace("shop/api", "shop/api\n    tag: v7"))).toEqual([]);
    expect(warnings(BASE)).toEqual([]);
  });
});

describe("names that others give", () => {
  test.each([
    ["acrpull", "AcrPull"],
    ["ACRPull", "AcrPull"],
    ["Acr Pull", "AcrPull"],
    ["container registry repository reader", "Container Registry Repository Reader"],
  ])("the role %s is meant to be %s", (role, meant) => {
    expect(refusal(changed("{ name: pull-blue }", `{ name: pull-blue, role: ${role} }`))).toEqual([
      `environments/demo.yaml:17:56 clusters.blue.pull.servicePrincipal.role must be written as Azure writes it; did you mean "${meant}"?, got: "${role}"`,
    ]);
  });

  test.each(["AcrPull", "Our Own Puller"])("the role %s is taken as it is", (role) => {
    expect(refusal(changed("{ name: pull-blue }", `{ name: pull-blue, role: ${role} }`))).toEqual([]);
  });

  test.each([
    ["acrdemo2ss.azurecr.io/shop/web", "shop/web"],
    ["other.azurecr.cn/web", "web"],
    ["docker.io/library/nginx", "library/nginx"],
    ["mcr.microsoft.com/dotnet/sdk", "dotnet/sdk"],
  ])("the repository %s is without its host %s", (repository, meant) => {
    expect(refusal(changed("repository: shop/web", `repository: ${repository}`))).toEqual([
      `environments/demo.yaml:8:17 images.web.repository must be without the host of a registry: images are in the environment's own; did you mean "${meant}"?, got: "${repository}"`,
    ]);
  });

  test.each(["socket.io/server", "azurecr.io", "my.app/web"])("the repository %s is taken as it is", (repository) => {
    expect(refusal(changed("repository: shop/web", `repository: ${repository}`))).toEqual([]);
  });

  const SPACE = "must not begin or end with a space";

  test.each([
    ["a context", "{ context: blue }", '{ context: "blue " }', "16:28 clusters.blue.kubeconfig.context", "blue "],
    [
      "a principal",
      "name: pull-blue",
      'name: " pull-blue"',
      "17:39 clusters.blue.pull.servicePrincipal.name",
      " pull-blue",
    ],
    [
      "a folder",
      "context: docker-manifests",
      'context: "docker-manifests "',
      "10:33 images.web.build.docker.context",
      "docker-manifests ",
    ],
    ["a reference", "image: web", 'image: "web "', "20:12 workloads.web.image", "web "],
    ["a name with a line's end", "image: web", 'image: "web\\n"', "20:12 workloads.web.image", "web\\n"],
  ])("%s has no space around it", (_title, from, to, place, got) => {
    expect(refusal(changed(from, to))).toEqual([`environments/demo.yaml:${place} ${SPACE}, got: "${got}"`]);
  });
});
