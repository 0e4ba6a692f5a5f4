import { load, projectWith } from "../../support/environment";
import { changed, refusal } from "../base";

const FEDERATED = "federated: { issuer: https://issuer.example.com, controller: externalSecrets";
const pulling = (pull: string, more = "") =>
  changed("pull: { servicePrincipal: { name: pull-blue } }", `pull: { ${pull} }`) + more;
const inAks = (yaml: string, more = "") =>
  yaml.replace("kubeconfig: { context: blue }", `aks: { name: blue, resourceGroup: rg${more} }`);
const warnings = (yaml: string) => load(projectWith({ "environments/demo.yaml": yaml })).warnings;

test("a federated cluster is accepted, with what it leaves out filled in", () => {
  const yaml = pulling(`${FEDERATED} }`);
  expect(refusal(yaml)).toEqual([]);
  const [environment] = load(projectWith({ "environments/demo.yaml": yaml })).environments;
  expect(environment?.clusters.blue?.pull).toEqual({
    kind: "federated",
    trust: { kind: "known", issuer: "https://issuer.example.com" },
    controller: "externalSecrets",
    serviceAccount: "acr-pull",
    name: { text: "acr-pull-demo-blue" },
  });
});

test("the issuer is looked up where aks reaches the cluster, and required elsewhere", () => {
  expect(refusal(inAks(pulling("federated: { controller: acrPull }")))).toEqual([]);
  expect(refusal(pulling("federated: { controller: acrPull }"))).toEqual([
    "environments/demo.yaml:17:13 clusters.blue.pull.federated.issuer is required where the cluster is not reached by aks: kubectl get --raw /.well-known/openid-configuration says it",
  ]);
});

test("the issuer of an AKS cluster of another tenant cannot be looked up", () => {
  const other = `, tenantId: ${"1".repeat(8)}-1111-1111-1111-${"1".repeat(12)}, subscriptionId: ${"2".repeat(8)}-2222-2222-2222-${"2".repeat(12)}`;
  expect(refusal(inAks(pulling("federated: { controller: acrPull }"), other))).toEqual([
    "environments/demo.yaml:17:13 clusters.blue.pull.federated.issuer is required with an aks.tenantId other than azure.tenantId: the identity stack cannot look it up there",
  ]);
  expect(refusal(inAks(pulling(`${FEDERATED} }`), other))).toEqual([]);
});

const ISSUER_RULE =
  "must be the https URL that tokens of the cluster's service accounts have as iss, at most 600 characters";

test.each([
  ["http://issuer.example.com", false],
  ["https://", false],
  ["https://issuer.example.com?a=b", false],
  ["https://issuer.example.com/${a}", false],
  [`https://issuer.example.com/${"a".repeat(573)}`, true],
  [`https://issuer.example.com/${"a".repeat(574)}`, false],
  ["https://oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD", true],
  ["https://westeurope.oic.prod-aks.azure.com/a/b/", true],
  ["https://10.0.0.1:6443/a~b", true],
])("the issuer %s is a URL: %s", (issuer, isOne) => {
  const lines = refusal(pulling(`federated: { issuer: "${issuer}", controller: acrPull }`));
  expect(lines).toEqual(
    isOne ? [] : [`environments/demo.yaml:17:34 clusters.blue.pull.federated.issuer ${ISSUER_RULE}, got: "${issuer}"`],
  );
});

test("the account is not the one that pods have anyhow", () => {
  expect(refusal(pulling(`${FEDERATED}, serviceAccount: default }`))).toEqual([
    'environments/demo.yaml:17:107 clusters.blue.pull.federated.serviceAccount must not be default, which pods have that name none: they could pull whatever the application may, got: "default"',
  ]);
});

test("the account is made once in a namespace", () => {
  const twice = `namespaces: { shop: { clusters: [blue], serviceAccounts: [acr-pull] } }\n`;
  expect(refusal(pulling(`${FEDERATED} }`, twice))).toEqual([
    expect.stringContaining("must not be a second service account acr-pull in namespace shop on context blue"),
  ]);
});

test("there are 20 namespaces at most", () => {
  const namespaces = (count: number) =>
    `namespaces: {${Array.from({ length: count }, (_, index) => ` n${index}: { clusters: [blue] }`).join(",")} }\n`;
  // The workloads' own is one more.
  expect(refusal(pulling(`${FEDERATED} }`, namespaces(19)))).toEqual([]);
  expect(refusal(pulling(`${FEDERATED} }`, namespaces(20)))).toEqual([
    "environments/demo.yaml:17:24 clusters.blue.pull.federated needs a federated credential for each of 21 namespaces, and an application has at most 20: pull with servicePrincipal or registryToken there, or in fewer namespaces",
  ]);
});

test("no key vault is needed", () => {
  const vault = "keyVault: { name: blue-kv, resourceGroup: rg, location: westeurope }";
  expect(refusal(pulling(`${FEDERATED} }, ${vault}`))).toEqual([
    expect.stringMatching(/clusters\.blue\.pull\.keyVault must be left out: federated has no password/),
  ]);
});

test("a role is written as Azure writes it", () => {
  expect(refusal(pulling(`${FEDERATED}, role: acr-pull }`))).toEqual([
    expect.stringMatching(
      /clusters\.blue\.pull\.federated\.role must be written as Azure writes it; did you mean "AcrPull"\?/,
    ),
  ]);
});

test("two clusters have no application of one name", () => {
  const green = `  green:\n    kubeconfig: {}\n    pull: { federated: { issuer: "https://g.example.com", controller: acrPull, name: PULL } }\nworkloads:\n`;
  expect(refusal(pulling(`${FEDERATED}, name: pull }`).replace("workloads:\n", green))).toEqual([
    expect.stringMatching(
      /clusters\.green\.pull\.federated\.name must not be a second service principal PULL: .* at clusters\.blue\.pull\.federated\.name/,
    ),
  ]);
});

describe("a pull secret that a controller writes", () => {
  const named = (controller: string, secret: string) =>
    pulling(
      `federated: { issuer: https://i.example.com, controller: ${controller} }`,
      `namespaces: { shop: { clusters: [blue], pullSecret: ${secret} } }\n`,
    );

  test.each([
    ["externalSecrets", "login-federated"],
    ["acrPull", "acr-pull-login"],
  ])("by %s is called %s", (controller, name) => {
    expect(warnings(named(controller, "login"))).toEqual([
      `environments/demo.yaml:27:53 namespaces.shop.pullSecret is called ${name} on blue, where the controller writes it`,
    ]);
  });

  test("has labels and annotations by externalSecrets, and none by acrPull", () => {
    const secret = "{ labels: { team: shop }, annotations: { note: x } }";
    expect(refusal(named("externalSecrets", secret))).toEqual([]);
    expect(refusal(named("acrPull", secret))).toEqual(
      ["labels", "annotations"].map((part): unknown =>
        expect.stringContaining(
          `namespaces.shop.pullSecret.${part} must be left out: on blue acrPull writes the secret, and takes none; externalSecrets does`,
        ),
      ),
    );
  });
});

test("a pull secret that was made by hand is not taken over by a controller", () => {
  const shop = "namespaces: { shop: { existing: true, clusters: [blue], pullSecret: { adopt: true } } }\n";
  expect(refusal(pulling(`${FEDERATED} }`, shop))).toEqual([
    expect.stringContaining(
      "namespaces.shop.pullSecret.adopt must be left out: on blue the controller writes a new secret beside the one that was made by hand",
    ),
  ]);
});

test("acrPull names every repository, also what others pull", () => {
  const others = (controller: string, repositories = "") =>
    `registry: { name: acrdemo2ss, resourceGroup: rg, location: westeurope, sku: Basic }
clusters: { blue: { kubeconfig: {}, pull: { federated: { issuer: https://i.example.com, controller: ${controller} } } } }
namespaces: { shop: { clusters: [blue]${repositories} } }
`;
  expect(refusal(others("externalSecrets"))).toEqual([]);
  expect(refusal(others("acrPull", ", repositories: [shop/web]"))).toEqual([]);
  expect(refusal(others("acrPull"))).toEqual([
    expect.stringContaining(
      "namespaces.shop.repositories is required on blue, which is granted single repositories (controller: acrPull) and has none of a workload",
    ),
  ]);
});

test("an application that nobody pulls with is a warning", () => {
  const idle = pulling(`${FEDERATED} }`).replaceAll("clusters: [blue]", "clusters: [green]");
  const green = "  green:\n    kubeconfig: {}\n    pull: { servicePrincipal: {} }\nworkloads:\n";
  expect(warnings(idle.replace("workloads:\n", green))).toEqual([
    "environments/demo.yaml:15:3 clusters.blue pulls nothing: an application is made for it, and no namespace gets a pull secret by it, since no workload and no namespace names it",
  ]);
});
