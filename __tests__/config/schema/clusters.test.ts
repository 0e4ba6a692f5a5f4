import { environmentFrom } from "../../support/environment";
import { BASE, changed, refusal, type Refusal } from "../base";
import { text } from "../../support/text";

test.each<Refusal>([
  [
    "a key that ends in a hyphen",
    "  blue:\n",
    "  blue-:\n",
    "environments/demo.yaml:15:3 clusters.blue- must be a key: at most 63 lowercase letters, digits or hyphens, the first a letter, the last none of the hyphens",
    'environments/demo.yaml:21:16 workloads.web.clusters[0] must be a key of clusters; did you mean "blue-"?, got: "blue"',
    'environments/demo.yaml:25:16 workloads.api.clusters[0] must be a key of clusters; did you mean "blue-"?, got: "blue"',
  ],
  [
    "a key of 64 characters",
    "  blue:\n",
    `  ${"a".repeat(64)}:\n`,
    `environments/demo.yaml:15:3 clusters.${"a".repeat(64)} must be a key: at most 63 lowercase letters, digits or hyphens, the first a letter, the last none of the hyphens`,
    'environments/demo.yaml:21:16 workloads.web.clusters[0] must be a key of clusters, got: "blue"',
    'environments/demo.yaml:25:16 workloads.api.clusters[0] must be a key of clusters, got: "blue"',
  ],
  [
    "neither kubeconfig nor aks",
    "    kubeconfig: { context: blue }\n",
    "",
    "environments/demo.yaml:16:5 clusters.blue must have exactly one of the keys kubeconfig, aks",
  ],
  [
    "both kubeconfig and aks",
    "{ context: blue }",
    "{ context: blue }\n    aks: { name: blue, resourceGroup: rg }",
    "environments/demo.yaml:16:5 clusters.blue must have exactly one of the keys kubeconfig, aks",
  ],
  [
    "an empty context",
    "{ context: blue }",
    '{ context: "" }',
    'environments/demo.yaml:16:28 clusters.blue.kubeconfig.context must not be empty, got: ""',
  ],
  [
    "an absolute path",
    "{ context: blue }",
    "{ context: blue, path: /home/me/.kube/config }",
    'environments/demo.yaml:16:40 clusters.blue.kubeconfig.path must start with ~/, so that the output is the same on every machine, got: "/home/me/.kube/config"',
  ],
  [
    "a tenant that is no UUID",
    "kubeconfig: { context: blue }",
    "aks: { name: blue, resourceGroup: rg, tenantId: example.com }",
    'environments/demo.yaml:16:53 clusters.blue.aks.tenantId must be a UUID in lower case, got: "example.com"',
  ],
  [
    "a label's key with a space",
    "    pull:",
    '    labels: { "my region": eu }\n    pull:',
    "environments/demo.yaml:17:15 clusters.blue.labels.\"my region\" must be a label key: at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends, after an optional DNS name and '/'",
  ],
  [
    "a label's key without a name after its DNS name",
    "    pull:",
    "    labels: { example.com/: eu }\n    pull:",
    "environments/demo.yaml:17:15 clusters.blue.labels.example.com/ must be a label key: at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends, after an optional DNS name and '/'",
  ],
  [
    "a label that is a number",
    "    pull:",
    "    labels: { zone: 1 }\n    pull:",
    "environments/demo.yaml:17:21 clusters.blue.labels.zone must be a string (put it in quotes), got: 1",
  ],
  [
    "an unknown login",
    "kubeconfig: { context: blue }",
    "aks: { name: blue, resourceGroup: rg, login: cli }",
    'environments/demo.yaml:16:50 clusters.blue.aks.login must be one of azurecli, workloadidentity, spn, msi, got: "cli"',
  ],
  [
    "an AKS cluster without a resource group",
    "kubeconfig: { context: blue }",
    "aks: { name: blue }",
    "environments/demo.yaml:16:5 clusters.blue.aks.resourceGroup is required",
  ],
  [
    "a subscription that is no UUID",
    "kubeconfig: { context: blue }",
    "aks: { name: blue, resourceGroup: rg, subscriptionId: prod }",
    'environments/demo.yaml:16:59 clusters.blue.aks.subscriptionId must be a UUID in lower case, got: "prod"',
  ],
  [
    "a UUID in capitals",
    "kubeconfig: { context: blue }",
    "aks: { name: blue, resourceGroup: rg, subscriptionId: AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE }",
    'environments/demo.yaml:16:59 clusters.blue.aks.subscriptionId must be a UUID in lower case, got: "AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE"',
  ],
  [
    "no identity",
    "    pull: { servicePrincipal: { name: pull-blue } }\n",
    "",
    "environments/demo.yaml:15:3 clusters.blue.pull is required",
  ],
  [
    "a pull method that does not exist",
    "{ servicePrincipal: {",
    "{ password: {",
    "environments/demo.yaml:17:11 clusters.blue.pull must have exactly one of the keys servicePrincipal, registryToken, managedIdentity, existingSecret, federated",
    "environments/demo.yaml:17:13 clusters.blue.pull.password is not a known key",
  ],
  [
    "two pull methods",
    "{ servicePrincipal: { name: pull-blue } }",
    "{ servicePrincipal: { name: pull-blue }, existingSecret: { name: creds } }",
    "environments/demo.yaml:17:11 clusters.blue.pull must have exactly one of the keys servicePrincipal, registryToken, managedIdentity, existingSecret, federated",
  ],
  [
    "the nodes' identity, of a cluster that Azure does not know",
    "{ servicePrincipal: { name: pull-blue } }",
    "{ managedIdentity: {} }",
    "environments/demo.yaml:17:13 clusters.blue.pull.managedIdentity.objectId is required where the cluster is not reached by aks",
  ],
  [
    "the name of a pull secret that is not made",
    "{ servicePrincipal: { name: pull-blue } }",
    "{ existingSecret: { name: creds } }\n    pullSecret: mine",
    'environments/demo.yaml:18:17 clusters.blue.pullSecret must be left out: no pull secret is made, got: "mine"',
  ],
  [
    "an existing secret whose name Kubernetes does not take",
    "{ servicePrincipal: { name: pull-blue } }",
    "{ existingSecret: { name: Creds } }",
    'environments/demo.yaml:17:37 clusters.blue.pull.existingSecret.name must be an RFC 1123 label: at most 63 lowercase letters, digits or hyphens, alphanumeric at both ends, got: "Creds"',
  ],
  [
    "a token name of 48 characters",
    "{ servicePrincipal: { name: pull-blue } }",
    `{ registryToken: { name: ${"a".repeat(48)} } }`,
    `environments/demo.yaml:17:36 clusters.blue.pull.registryToken.name must be 5-47 letters, digits or hyphens, the first a letter, got: "${"a".repeat(48)}"`,
  ],
  [
    "a token without lag",
    "{ servicePrincipal: { name: pull-blue } }",
    "{ registryToken: { name: pull-blue, rotation: { lag: 0 } } }",
    "environments/demo.yaml:17:64 clusters.blue.pull.registryToken.rotation.lag must be at least 1: while a slot is renewed, its token has no password, got: 0",
  ],
  [
    "a key vault for a method without password",
    "{ servicePrincipal: { name: pull-blue } }",
    "{ existingSecret: { name: creds }, keyVault: { name: kv-1, resourceGroup: rg, existing: true } }",
    "environments/demo.yaml:17:56 clusters.blue.pull.keyVault must be left out: existingSecret has no password, got: a mapping",
  ],
  [
    "a key vault to create without location",
    "{ name: pull-blue } }",
    "{ name: pull-blue }, keyVault: { name: kv-1, resourceGroup: rg } }",
    "environments/demo.yaml:17:52 clusters.blue.pull.keyVault.location is required to create a vault",
  ],
  [
    "a key vault to adopt with location",
    "{ name: pull-blue } }",
    "{ name: pull-blue }, keyVault: { name: kv-1, resourceGroup: rg, existing: true, location: westeurope } }",
    'environments/demo.yaml:17:121 clusters.blue.pull.keyVault.location must be left out: the vault is adopted (existing: true), got: "westeurope"',
  ],
  [
    "a key vault's name of 25 characters",
    "{ name: pull-blue } }",
    `{ name: pull-blue }, keyVault: { name: ${"a".repeat(25)}, resourceGroup: rg, existing: true } }`,
    `environments/demo.yaml:17:70 clusters.blue.pull.keyVault.name must be 3-24 letters, digits or hyphens that begin with a letter, got: "${"a".repeat(25)}"`,
  ],
  [
    "a service principal's name of 121 characters",
    "{ name: pull-blue }",
    `{ name: ${"a".repeat(121)} }`,
    `environments/demo.yaml:17:39 clusters.blue.pull.servicePrincipal.name must be at most 120 characters, got: "${"a".repeat(121)}"`,
  ],
  [
    "an empty list of owners",
    "{ name: pull-blue }",
    "{ name: pull-blue, owners: [] }",
    "environments/demo.yaml:17:58 clusters.blue.pull.servicePrincipal.owners must list at least one owner, got: a list",
  ],
  [
    "an owner that is no UUID",
    "{ name: pull-blue }",
    "{ name: pull-blue, owners: [me@example.com] }",
    'environments/demo.yaml:17:59 clusters.blue.pull.servicePrincipal.owners[0] must be a UUID in lower case, got: "me@example.com"',
  ],
  [
    "an empty role",
    "{ name: pull-blue }",
    '{ name: pull-blue, role: "" }',
    'environments/demo.yaml:17:56 clusters.blue.pull.servicePrincipal.role must not be empty, got: ""',
  ],
  [
    "a pull secret with a dot",
    "{ context: blue }",
    "{ context: blue }\n    pullSecret: acr.secret",
    'environments/demo.yaml:17:17 clusters.blue.pullSecret must be an RFC 1123 label: at most 63 lowercase letters, digits or hyphens, alphanumeric at both ends, got: "acr.secret"',
  ],
  [
    "a period of 0 days",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { periodDays: 0 } }",
    "environments/demo.yaml:17:74 clusters.blue.pull.servicePrincipal.rotation.periodDays must be a whole number from 1 to 365, got: 0",
  ],
  [
    "1 slot",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { slots: 1, lag: 0 } }",
    "environments/demo.yaml:17:69 clusters.blue.pull.servicePrincipal.rotation.slots must be a whole number from 2 to 12, got: 1",
    "environments/demo.yaml:17:77 clusters.blue.pull.servicePrincipal.rotation.lag must be at most slots - 2 = -1, got: 0",
  ],
  [
    "13 slots",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { periodDays: 1, slots: 13 } }",
    "environments/demo.yaml:17:84 clusters.blue.pull.servicePrincipal.rotation.slots must be a whole number from 2 to 12, got: 13",
  ],
  [
    "a negative lag",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { lag: -1 } }",
    "environments/demo.yaml:17:67 clusters.blue.pull.servicePrincipal.rotation.lag must be a whole number from 0 to 10, got: -1",
  ],
  [
    "a lag of slots - 1",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { lag: 3 } }",
    "environments/demo.yaml:17:67 clusters.blue.pull.servicePrincipal.rotation.lag must be at most slots - 2 = 2, got: 3",
  ],
  [
    "a lifetime over the default cap",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { periodDays: 37 } }",
    "environments/demo.yaml:17:74 clusters.blue.pull.servicePrincipal.rotation.periodDays makes passwords live (slots + 1) x periodDays = 185 days, over maximumLifetimeDays = 180, got: 37",
  ],
  [
    "a lifetime over a cap of its own",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { maximumLifetimeDays: 149 } }",
    "environments/demo.yaml:17:50 clusters.blue.pull.servicePrincipal.rotation.periodDays makes passwords live (slots + 1) x periodDays = 150 days, over maximumLifetimeDays = 149",
  ],
  [
    "a cap of 731 days",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { maximumLifetimeDays: 731 } }",
    "environments/demo.yaml:17:83 clusters.blue.pull.servicePrincipal.rotation.maximumLifetimeDays must be a whole number from 1 to 730, got: 731",
  ],
  [
    "an unknown key of the rotation",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { period: 30 } }",
    "environments/demo.yaml:17:62 clusters.blue.pull.servicePrincipal.rotation.period is not a known key",
  ],
])("refused: %s", (_title, from, to, ...lines) => {
  expect(refusal(changed(from, to))).toEqual(lines);
});

test.each([
  ["a service principal's name of 120 characters", "name: pull-blue", `name: ${"a".repeat(120)}`],
  ["a lag of slots - 2", "{ name: pull-blue }", "{ name: pull-blue, rotation: { lag: 2 } }"],
  ["no lag", "{ name: pull-blue }", "{ name: pull-blue, rotation: { slots: 2, lag: 0 } }"],
  [
    "the longest period under the default cap",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { periodDays: 36 } }",
  ],
  ["12 slots", "{ name: pull-blue }", "{ name: pull-blue, rotation: { periodDays: 13, slots: 12, lag: 10 } }"],
  [
    "a lifetime of exactly the cap",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { maximumLifetimeDays: 150 } }",
  ],
  [
    "the longest period",
    "{ name: pull-blue }",
    "{ name: pull-blue, rotation: { periodDays: 182, slots: 3, maximumLifetimeDays: 730 } }",
  ],
])("accepted: %s", (_title, from, to) => {
  expect(refusal(changed(from, to))).toEqual([]);
});

test("a key of 63 characters is accepted", () => {
  expect(refusal(BASE.replaceAll("blue", "b".repeat(63)))).toEqual([]);
});

test("what is silent rotates every 30 days over 4 slots", () => {
  expect(environmentFrom(BASE).clusters.blue).toEqual({
    connection: { kind: "kubeconfig", context: text("blue"), path: text("~/.kube/config") },
    pull: {
      kind: "servicePrincipal",
      name: text("pull-blue"),
      rotation: { periodDays: 30, slots: 4, lag: 1, maximumLifetimeDays: 180 },
      delivery: { kind: "state" },
    },
    ...{ architecture: "amd64", loadBalancers: true, privateEndpoint: false },
  });
});

test("kubelogin uses the Azure CLI's login where none is named", () => {
  const yaml = changed("kubeconfig: { context: blue }", "aks: { name: blue, resourceGroup: rg }");
  expect(environmentFrom(yaml).clusters.blue?.connection).toMatchObject({ kind: "aks", login: "azurecli" });
});

test.each([
  [
    "a service principal through a key vault",
    "{ servicePrincipal: { name: a }, keyVault: { name: kv1, resourceGroup: rg, existing: true } }",
  ],
  [
    "a token through a key vault",
    "{ registryToken: { name: abcde }, keyVault: { name: k-v, resourceGroup: rg, location: westeurope } }",
  ],
  ["a token with the longest name", `{ registryToken: { name: ${"a".repeat(47)} } }`],
  ["the nodes' identity by its object id", "{ managedIdentity: { objectId: aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee } }"],
  ["an existing secret", "{ existingSecret: { name: creds } }"],
])("accepted: %s", (_, pull) => {
  expect(refusal(changed("{ servicePrincipal: { name: pull-blue } }", pull))).toEqual([]);
});

test("accepted: the nodes' identity of an AKS cluster", () => {
  const aks = BASE.replace("kubeconfig: { context: blue }", "aks: { name: blue, resourceGroup: rg }");
  expect(refusal(aks.replace("{ servicePrincipal: { name: pull-blue } }", "{ managedIdentity: {} }"))).toEqual([]);
});

test.each(["region", "topology.kubernetes.io/region", "a".repeat(63), "Tier_1.b"])(
  "%s is the key of a label",
  (label) => {
    const yaml = changed("    pull:", `    labels: { ${label}: "" }\n    pull:`);
    expect(environmentFrom(yaml).clusters.blue?.labels).toEqual({ [label]: "" });
  },
);
