import { environmentFrom } from "../../support/environment";
import { BASE, changed, refusal, type Refusal } from "../base";

test.each<Refusal>([
  [
    "an unknown key that resembles a known one",
    "workloads:\n",
    "workload:\n",
    'environments/demo.yaml:18:1 workload is not a known key; did you mean "workloads"?',
  ],
  [
    "an unknown key that resembles none",
    "registry:\n",
    "monitoring: {}\nregistry:\n",
    "environments/demo.yaml:1:1 monitoring is not a known key",
  ],
  [
    "no registry",
    "registry:\n  name: acrdemo2ss\n  resourceGroup: acr-rg2\n  location: centralus\n  sku: Basic\n",
    "",
    "environments/demo.yaml:1:1 registry is required",
  ],
  [
    "a registry that is null",
    "registry:\n  name: acrdemo2ss\n  resourceGroup: acr-rg2\n  location: centralus\n  sku: Basic\n",
    "registry:\n",
    "environments/demo.yaml:1:10 registry must be a mapping, got: null",
  ],
  [
    "a registry that is a string",
    "registry:\n  name: acrdemo2ss\n  resourceGroup: acr-rg2\n  location: centralus\n  sku: Basic\n",
    "registry: acrdemo2ss\n",
    'environments/demo.yaml:1:11 registry must be a mapping, got: "acrdemo2ss"',
  ],
  [
    "a tenant that is no UUID",
    "registry:\n",
    "azure: { tenantId: example.com }\nregistry:\n",
    'environments/demo.yaml:1:20 azure.tenantId must be a UUID in lower case, got: "example.com"',
  ],
  [
    "a subscription that is no UUID",
    "registry:\n",
    "azure: { subscriptionId: prod }\nregistry:\n",
    'environments/demo.yaml:1:26 azure.subscriptionId must be a UUID in lower case, got: "prod"',
  ],
  [
    "a cloud that does not exist",
    "registry:\n",
    "azure: { cloud: germany }\nregistry:\n",
    'environments/demo.yaml:1:17 azure.cloud must be one of public, usgovernment, china, got: "germany"',
  ],
  [
    "a flag that is null",
    "registry:\n",
    "azure: { cli: }\nregistry:\n",
    "environments/demo.yaml:1:15 azure.cli must be true or false, got: null",
  ],
  [
    "an unknown key of azure",
    "registry:\n",
    "azure: { tenant: example.com }\nregistry:\n",
    'environments/demo.yaml:1:10 azure.tenant is not a known key; did you mean "tenantId"?',
  ],
  [
    "a tag's name of 513 characters",
    "registry:\n",
    `tags: { ${"a".repeat(513)}: x }\nregistry:\n`,
    `environments/demo.yaml:1:9 tags.${"a".repeat(513)} must be a tag name of at most 512 characters without < > % & \\ ? /`,
  ],
  [
    "a namespace's name with a dot",
    "registry:\n",
    "namespaces: { a.b: {} }\nregistry:\n",
    "environments/demo.yaml:1:15 namespaces.a.b must be an RFC 1123 label: at most 63 lowercase letters, digits or hyphens, alphanumeric at both ends",
  ],
  [
    "a Pod Security Standard that does not exist",
    "    port: 9000\n",
    "    port: 9000\n    namespace: shop\nnamespaces: { shop: { podSecurity: strict } }\n",
    'environments/demo.yaml:28:36 namespaces.shop.podSecurity must be one of restricted, baseline, privileged, got: "strict"',
  ],
  [
    "an unknown key of a namespace",
    "    port: 9000\n",
    "    port: 9000\n    namespace: shop\nnamespaces: { shop: { exists: true } }\n",
    "environments/demo.yaml:28:23 namespaces.shop.exists is not a known key",
  ],
  [
    "maps that are lists",
    "workloads:\n",
    "namespaces: []\nworkloads:\n",
    "environments/demo.yaml:18:13 namespaces must be a mapping, got: a list",
  ],
])("refused: %s", (_title, from, to, ...lines) => {
  expect(refusal(changed(from, to))).toEqual(lines);
});

test.each(["public", "usgovernment", "china"])("the cloud %s is accepted", (cloud) => {
  expect(refusal(`azure: { cloud: ${cloud} }\n${BASE}`)).toEqual([]);
});

test("the public cloud and the Azure CLI's login are the defaults", () => {
  expect(environmentFrom(BASE).azure).toEqual({ cloud: "public", cli: true });
});

test("a namespace that is created enforces the restricted standard", () => {
  const yaml = changed("port: 9000\n", "port: 9000\n    namespace: shop\nnamespaces: { shop: {} }\n");
  expect(environmentFrom(yaml).namespaces).toMatchObject({
    shop: { existing: false, podSecurity: "restricted", clusters: [] },
  });
});

test("an environment without images, clusters and workloads is accepted", () => {
  const [registry = ""] = BASE.split("images:");
  expect(refusal(`${registry}images: {}\nclusters: {}\nworkloads: {}\n`)).toEqual([]);
});

describe("the name constructor, which every JavaScript object has", () => {
  const rule = "must not be constructor: the construct tree cannot hold that name";

  test("is no key of an image", () => {
    const yaml = changed("  api:\n    repository", "  constructor:\n    repository").replace(
      "image: api",
      "image: web",
    );
    expect(refusal(yaml)).toEqual([`environments/demo.yaml:11:3 images.constructor ${rule}`]);
  });

  test("is no namespace", () => {
    const yaml = changed("port: 9000", "port: 9000\n    namespace: constructor");
    expect(refusal(yaml)).toEqual([expect.stringContaining(`namespace ${rule}`)]);
  });
});

test("refused: a tag without a name", () => {
  expect(refusal(`tags: { "": x }\n${BASE}`)).toEqual([
    'environments/demo.yaml:1:9 tags."" must be a tag name of at most 512 characters without < > % & \\ ? /',
  ]);
});
