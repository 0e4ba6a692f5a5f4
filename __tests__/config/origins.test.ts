import { refusal } from "./base";
import { DIGEST, SHARED, fleet } from "./fleet";

/** Lines for these defaults of clusters, on line 2, and clusters, on line 4. */
function refusalOfClusters(defaults: string, clusters: string): string[] {
  return refusal(fleet({ defaults: `{ clusters: ${defaults} }`, clusters }));
}

const THREE = "{ c1: {}, c2: {}, c3: {} }";

describe("what is wrong in defaults is said once, at its place", () => {
  test.each([
    [
      "a value",
      "{ kubeconfig: { path: /fleet }, pull: { servicePrincipal: {} } }",
      'environments/demo.yaml:2:45 defaults.clusters.kubeconfig.path must start with ~/, so that the output is the same on every machine, got: "/fleet"',
    ],
    [
      "a null",
      "{ kubeconfig: {}, pull: { servicePrincipal: {} }, pullSecret: }",
      "environments/demo.yaml:2:85 defaults.clusters.pullSecret must be a string, got: null",
    ],
    [
      "an unknown key",
      "{ kubeconfig: {}, pull: { servicePrincipal: { roles: AcrPull } } }",
      'environments/demo.yaml:2:69 defaults.clusters.pull.servicePrincipal.roles is not a known key; did you mean "role"?',
    ],
    [
      "a key that no cluster then has",
      "{ kubeconfig: {}, pul: { servicePrincipal: {} } }",
      'environments/demo.yaml:2:41 defaults.clusters.pul is not a known key; did you mean "pull"?',
    ],
    ["a section", "[]", "environments/demo.yaml:2:23 defaults.clusters must be a mapping, got: a list"],
  ])("%s", (_title, defaults, line) => {
    expect(refusalOfClusters(defaults, THREE)).toEqual([line]);
  });

  test("an alternative that no entry takes", () => {
    const aks = "{ c1: { aks: { name: a, resourceGroup: rg } } }";
    expect(refusalOfClusters("{ kubeconfig: { pth: x }, pull: { servicePrincipal: {} } }", aks)).toEqual([
      'environments/demo.yaml:2:39 defaults.clusters.kubeconfig.pth is not a known key; did you mean "path"?',
    ]);
  });

  test("a list that lacks something: no entry could complete it", () => {
    const workloads = "{ web: { image: web, clusters: [c1], port: 80 } }";
    const images = `{ web: { repository: web, prebuilt: "${DIGEST}" } }`;
    const defaults = `{ clusters: ${SHARED}, workloads: { tolerations: [{ operator: Exists }] } }`;
    expect(refusal(fleet({ defaults, images, clusters: THREE, workloads }))).toEqual([
      "environments/demo.yaml:2:123 defaults.workloads.tolerations[0].key is required",
    ]);
  });

  test.each([
    [
      "an unknown section",
      `{ cluster: ${SHARED} }`,
      'environments/demo.yaml:2:13 defaults.cluster is not a known key; did you mean "clusters"?',
    ],
    ["defaults that are a list", "[]", "environments/demo.yaml:2:11 defaults must be a mapping, got: a list"],
  ])("%s", (_title, defaults, line) => {
    expect(refusal(fleet({ defaults, clusters: THREE }))).toEqual([line]);
  });
});

describe("what only an entry makes wrong names", () => {
  const secret = "pull: { existingSecret: { name: x } }";
  const line = (entries: string) =>
    `environments/demo.yaml:2:86 defaults.clusters.pullSecret must be left out: no pull secret is made (in ${entries}), got: "s"`;
  const shared = "{ kubeconfig: { }, pull: { servicePrincipal: {} }, pullSecret: s }";

  test("the entry", () => {
    expect(refusalOfClusters(shared, `{ c1: {}, c2: { ${secret} } }`)).toEqual([line("clusters.c2")]);
  });

  test("the first of several", () => {
    const clusters = `{ c1: { ${secret} }, c2: {}, c3: { ${secret} }, c4: { ${secret} } }`;
    expect(refusalOfClusters(shared, clusters)).toEqual([line("clusters.c1 and 2 more")]);
  });

  test("none where the entry removes the default", () => {
    expect(refusalOfClusters(shared, `{ c1: { ${secret}, pullSecret: null } }`)).toEqual([]);
  });

  test("the entries that claim one name", () => {
    const named = "{ kubeconfig: {}, pull: { servicePrincipal: { name: puller } } }";
    expect(refusalOfClusters(named, THREE)).toEqual([
      "environments/demo.yaml:2:75 defaults.clusters.pull.servicePrincipal.name must not be a second service principal puller: environments/demo.yaml has it at clusters.c1.pull.servicePrincipal.name (in clusters.c2 and 1 more)",
    ]);
  });

  test("the first entry with a default list that lacks something", () => {
    const workloads = "{ web: {}, api: {}, own: { tolerations: [] } }";
    const images = `{ web: { repository: web, prebuilt: "${DIGEST}" } }`;
    const all = "image: web, clusters: [c1], port: 80, tolerations: [{ key: spot, operator: Equal }]";
    const defaults = `{ clusters: ${SHARED}, workloads: { ${all} } }`;
    expect(refusal(fleet({ defaults, images, clusters: THREE, workloads }))).toEqual([
      "environments/demo.yaml:2:161 defaults.workloads.tolerations[0].value must be given with operator: Equal, and only then (in workloads.web and 1 more)",
    ]);
  });

  test("the image with a default that is no folder", () => {
    const defaults = "{ images: { tag: v1, build: { docker: { context: missing } } } }";
    expect(refusal(fleet({ defaults, images: "{ web: { repository: web } }" }))).toEqual([
      'environments/demo.yaml:2:60 defaults.images.build.docker.context must be a folder below the folder of cdktf.json, or stand beside allowOutside: true (in images.web), got: "missing"',
    ]);
  });
});

describe("of the entry is", () => {
  test("what it lacks", () => {
    expect(
      refusalOfClusters("{ aks: { login: spn }, pull: { managedIdentity: {} } }", "{ c1: { aks: { name: a } } }"),
    ).toEqual(["environments/demo.yaml:4:19 clusters.c1.aks.resourceGroup is required"]);
  });

  test("what it lacks since it says null", () => {
    expect(refusalOfClusters(SHARED, "{ c1: { pull: null } }")).toEqual([
      "environments/demo.yaml:4:25 clusters.c1.pull is required, got: null",
    ]);
  });

  test("what it says instead of the default", () => {
    expect(refusalOfClusters(SHARED, "{ c1: { kubeconfig: { path: /c1 } }, c2: {} }")).toEqual([
      'environments/demo.yaml:4:39 clusters.c1.kubeconfig.path must start with ~/, so that the output is the same on every machine, got: "/c1"',
    ]);
  });

  test("what a list of its own lacks, whatever the default's list says", () => {
    const workloads = "{ web: { image: web, clusters: [c1], port: 80, tolerations: [{ operator: Exists }] } }";
    const images = `{ web: { repository: web, prebuilt: "${DIGEST}" } }`;
    const defaults = `{ clusters: ${SHARED}, workloads: { tolerations: [{ key: spot }] } }`;
    expect(refusal(fleet({ defaults, images, clusters: THREE, workloads }))).toEqual([
      "environments/demo.yaml:5:73 workloads.web.tolerations[0].key is required",
    ]);
  });
});

test("wrong defaults hide neither wrong entries nor wrong references", () => {
  const defaults = "{ clusters: { kubeconfig: { path: /fleet }, pull: { servicePrincipal: {} } } }";
  const clusters = "{ c1: { pullSecret: A }, c2: {} }";
  const workloads = "{ web: { image: web, clusters: [c1, c3], port: 80 } }";
  expect(refusal(fleet({ defaults, clusters, workloads }))).toEqual([
    'environments/demo.yaml:2:45 defaults.clusters.kubeconfig.path must start with ~/, so that the output is the same on every machine, got: "/fleet"',
    'environments/demo.yaml:4:31 clusters.c1.pullSecret must be an RFC 1123 label: at most 63 lowercase letters, digits or hyphens, alphanumeric at both ends, got: "A"',
    'environments/demo.yaml:5:28 workloads.web.image must be a key of images, got: "web"',
    'environments/demo.yaml:5:48 workloads.web.clusters[1] must be a key of clusters; did you mean "c1"?, got: "c3"',
  ]);
});
