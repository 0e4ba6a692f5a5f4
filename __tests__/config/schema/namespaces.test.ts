import { load, projectWith } from "../../support/environment";
import { refusal } from "../base";

const HEAD = "registry: { name: sharedregistry, resourceGroup: rg, existing: true }\n";
const CLUSTERS = {
  blue: "{ kubeconfig: {}, pull: { servicePrincipal: { name: pull-blue } }, labels: { tier: core } }",
  green: "{ kubeconfig: {}, pull: { servicePrincipal: { name: pull-green } } }",
  vault:
    "{ kubeconfig: {}, pull: { servicePrincipal: { name: pull-vault }, keyVault: { name: kv-one, resourceGroup: rg, existing: true } } }",
  token: "{ kubeconfig: {}, pull: { registryToken: { name: token } } }",
  nodes: "{ kubeconfig: {}, pull: { managedIdentity: { objectId: 11111111-2222-3333-4444-555555555555 } } }",
  others: "{ kubeconfig: {}, pull: { existingSecret: { name: theirs } } }",
};

/** A file of three lines: the registry, clusters, and one namespace, whose place is 3:22. */
function file(clusters: readonly (keyof typeof CLUSTERS)[], settings: string, name = "shop"): string {
  const entries = clusters.map((key) => `${key}: ${CLUSTERS[key]}`).join(", ");
  return `${HEAD}clusters: { ${entries} }\nnamespaces: { ${name}: ${settings} }\n`;
}

function namespaceOf(yaml: string) {
  return load(projectWith({ "environments/demo.yaml": yaml })).environments[0]?.namespaces.shop;
}

function warnings(yaml: string): readonly string[] {
  return load(projectWith({ "environments/demo.yaml": yaml })).warnings;
}

describe("a file without images and workloads", () => {
  test("is accepted", () => {
    expect(refusal(file(["blue"], "{ existing: true, clusters: [blue] }"))).toEqual([]);
  });

  test("chooses clusters by their labels", () => {
    expect(namespaceOf(file(["blue", "green"], "{ clusters: { matchLabels: { tier: core } } }"))?.clusters).toEqual([
      "blue",
    ]);
  });

  test("says of the secret its name alone", () => {
    expect(namespaceOf(file(["blue"], "{ clusters: [blue], pullSecret: regcred }"))?.pullSecret).toEqual({
      name: "regcred",
      labels: {},
      annotations: {},
    });
  });

  test("says of the secret what others look for", () => {
    const settings = "{ clusters: [blue], pullSecret: { labels: { a: b }, annotations: { c/d: '${e}' } } }";
    expect(namespaceOf(file(["blue"], settings))?.pullSecret).toEqual({
      labels: { a: "b" },
      annotations: { "c/d": { text: "${e}" } },
    });
  });
});

test.each<[title: string, yaml: string, ...lines: string[]]>([
  [
    "a namespace that is on no cluster",
    file(["blue"], "{ existing: true }"),
    "3:15 namespaces.shop is on no cluster: list those that pull there (clusters), or let a workload run in it",
  ],
  [
    "a list without clusters",
    file(["blue"], "{ clusters: [] }"),
    "3:33 namespaces.shop.clusters must list at least one cluster, got: a list",
  ],
  [
    "an unknown cluster",
    file(["blue"], "{ clusters: [blu] }"),
    '3:34 namespaces.shop.clusters[0] must be a key of clusters; did you mean "blue"?, got: "blu"',
  ],
  [
    "a cluster that is listed twice",
    file(["blue"], "{ clusters: [blue, blue] }"),
    '3:40 namespaces.shop.clusters[1] is listed twice, got: "blue"',
  ],
  [
    "a label of no cluster",
    file(["blue"], "{ clusters: { matchLabels: { tear: core } } }"),
    '3:50 namespaces.shop.clusters.matchLabels.tear is a label of no cluster; did you mean "tier"?',
  ],
  [
    "labels that no cluster has together",
    file(["blue"], "{ clusters: { matchLabels: { tier: edge } } }"),
    '3:56 namespaces.shop.clusters.matchLabels.tier matches no cluster, got: "edge"',
  ],
  [
    "service accounts that are no list",
    file(["blue"], "{ clusters: [blue], serviceAccounts: default }"),
    '3:58 namespaces.shop.serviceAccounts must be a list, got: "default"',
  ],
  [
    "a service account that is a mapping",
    file(["blue"], "{ clusters: [blue], serviceAccounts: [{ name: default }] }"),
    "3:59 namespaces.shop.serviceAccounts[0] must be a string, got: a mapping",
  ],
  [
    "a service account that is listed twice",
    file(["blue"], "{ clusters: [blue], serviceAccounts: [default, default] }"),
    '3:68 namespaces.shop.serviceAccounts[1] is listed twice, got: "default"',
  ],
  [
    "a pull secret that is a list",
    file(["blue"], "{ clusters: [blue], pullSecret: [a] }"),
    "3:53 namespaces.shop.pullSecret must be a string or a mapping, got: a list",
  ],
  [
    "an unknown key of a pull secret",
    file(["blue"], "{ clusters: [blue], pullSecret: { annotation: {} } }"),
    '3:55 namespaces.shop.pullSecret.annotation is not a known key; did you mean "annotations"?',
  ],
  [
    "a date that is written here",
    file(["blue"], "{ clusters: [blue], pullSecret: { annotations: { acr-pull/expires: never } } }"),
    "3:88 namespaces.shop.pullSecret.annotations.acr-pull/expires must be left out: it is written here, with a date of the password",
  ],
  [
    "labels and annotations of somebody else's namespace",
    file(["blue"], "{ existing: true, clusters: [blue], labels: { a: b }, annotations: { c: d } }"),
    "3:65 namespaces.shop.labels must be left out: the namespace is somebody else's (existing: true)",
    "3:88 namespaces.shop.annotations must be left out: the namespace is somebody else's (existing: true)",
  ],
  [
    "a label that contradicts podSecurity",
    file(["blue"], "{ clusters: [blue], labels: { pod-security.kubernetes.io/enforce: baseline } }"),
    '3:87 namespaces.shop.labels.pod-security.kubernetes.io/enforce must be left out: podSecurity sets it, got: "baseline"',
  ],
  [
    "a built-in namespace that is to be made",
    file(["blue"], "{ clusters: [blue] }", "default"),
    "3:15 namespaces.default exists in every cluster: set existing: true",
  ],
  [
    "a reserved namespace that is to be made",
    file(["blue"], "{ clusters: [blue] }", "kube-tools"),
    "3:15 namespaces.kube-tools must not begin with kube-, which is reserved; where it exists: namespaces: { kube-tools: { existing: true } }",
  ],
  [
    "the name of a secret that is not made",
    file(["nodes"], "{ clusters: [nodes], pullSecret: regcred }"),
    "3:54 namespaces.shop.pullSecret must be left out: no pull secret is made on nodes (managedIdentity), nor on any other cluster of the namespace",
  ],
  [
    "another name than somebody else's secret has",
    file(["blue", "others"], "{ clusters: [blue, others], pullSecret: regcred }"),
    '3:61 namespaces.shop.pullSecret must be theirs, as somebody else calls it on others (pull.existingSecret), got: "regcred"',
  ],
  [
    "a token without repositories",
    file(["token"], "{ clusters: [token] }"),
    "3:15 namespaces.shop.repositories is required on token, which is granted single repositories (registryToken) and has none of a workload",
  ],
  [
    "a registry that grants by repository",
    file(["blue"], "{ clusters: [blue] }").replace("existing: true", "existing: true, repositoryPermissions: true"),
    "3:15 namespaces.shop.repositories is required on blue, which is granted single repositories (registry.repositoryPermissions) and has none of a workload",
  ],
])("refused: %s", (_title, yaml, ...lines) => {
  expect(refusal(yaml)).toEqual(lines.map((line) => `environments/demo.yaml:${line}`));
});

test.each<[title: string, yaml: string]>([
  ["a token with repositories", file(["token"], "{ clusters: [token], repositories: [shop/web] }")],
  [
    "the name that somebody else's secret has",
    file(["blue", "others"], "{ existing: true, clusters: [blue, others], pullSecret: theirs }"),
  ],
  ["a name for some of the clusters", file(["blue", "nodes"], "{ clusters: [blue, nodes], pullSecret: regcred }")],
  ["labels of a namespace that is made", file(["blue"], "{ clusters: [blue], labels: { a: b } }")],
  ["a secret in kube-system", file(["blue"], "{ existing: true, clusters: [blue] }", "kube-system")],
])("accepted: %s", (_title, yaml) => {
  expect(refusal(yaml)).toEqual([]);
  expect(warnings(yaml)).toEqual([]);
});

test.each<[title: string, yaml: string, ...lines: string[]]>([
  [
    "a cluster that pulls nothing",
    file(["blue", "green"], "{ clusters: [blue] }"),
    "2:112 clusters.green pulls nothing: passwords are made for it, and no namespace gets one, since no workload and no namespace names it",
  ],
  [
    "a service account in somebody else's namespace",
    file(["blue"], "{ existing: true, clusters: [blue], serviceAccounts: [default, builder] }"),
    '3:84 namespaces.shop.serviceAccounts[1] is made here; where somebody else has made it, which the provider cannot change, leave it out and run kubectl --namespace shop patch serviceaccount builder --patch \'{"imagePullSecrets":[{"name":"sharedregistry-secret"}]}\' or give its Helm chart that imagePullSecrets',
  ],
  [
    "a name that a key vault changes",
    file(["vault"], "{ clusters: [vault], pullSecret: regcred }"),
    "3:54 namespaces.shop.pullSecret is called regcred-vault on vault, whose password goes through a key vault",
  ],
  [
    "somebody else's secret in a namespace that is only just made",
    file(["others"], "{ clusters: [others] }"),
    "2:71 clusters.others.pull.existingSecret.name cannot be in the namespace shop before namespaces.shop makes it: something in the cluster must put it there, or the namespace is somebody else's as well (namespaces: { shop: { existing: true } })",
  ],
  [
    "a namespace that needs no secret",
    file(["nodes"], "{ existing: true, clusters: [nodes] }"),
    "3:49 namespaces.shop.clusters choose only clusters whose nodes pull by themselves (managedIdentity): nothing is made there",
  ],
])("warned of: %s", (_title, yaml, ...lines) => {
  expect(refusal(yaml)).toEqual([]);
  expect(warnings(yaml)).toEqual(lines.map((line) => `environments/demo.yaml:${line}`));
});
