import { BASE, changed, refusal, refusalOf } from "../base";
import { SHARED, fleet } from "../fleet";

const tags = (count: number, from = 0) =>
  `{ ${Array.from({ length: count }, (_, index) => `t${index + from}: x`).join(", ")} }`;

describe("tags", () => {
  const inRegistry = (text: string) => changed("sku: Basic", `sku: Basic\n  tags: ${text}`);

  test("are at most 50 on a resource", () => {
    expect(refusal(`tags: ${tags(51)}\n${BASE}`)).toEqual([
      "environments/demo.yaml:1:1 tags must be at most 50 tags on a resource, and are 51",
    ]);
    expect(refusal(`tags: ${tags(50)}\n${BASE}`)).toEqual([]);
  });

  test("of the registry count with the environment's, but once where they are the same", () => {
    expect(refusal(`tags: ${tags(40)}\n${inRegistry(tags(11, 40))}`)).toEqual([
      "environments/demo.yaml:7:3 registry.tags must be at most 50 tags on a resource, and are 51",
    ]);
    expect(refusal(`tags: ${tags(40)}\n${inRegistry(tags(11, 39))}`)).toEqual([]);
  });

  test("that differ in letter case alone are one to Azure", () => {
    expect(refusal(`tags: { Owner: a, owner: b }\n${BASE}`)).toEqual([
      "environments/demo.yaml:1:19 tags.owner is the tag Owner in other letters: Azure takes them for one",
    ]);
    expect(refusal(`tags: { Owner: a }\n${inRegistry("{ OWNER: b }")}`)).toEqual([
      "environments/demo.yaml:7:11 registry.tags.OWNER is the tag Owner in other letters: Azure takes them for one",
    ]);
    expect(refusal(`tags: { owner: a }\n${inRegistry("{ owner: b }")}`)).toEqual([]);
  });

  test("have no space around their names", () => {
    expect(refusal(`tags: { " owner": a, cost center: b }\n${BASE}`)).toEqual([
      'environments/demo.yaml:1:9 tags." owner" must not begin or end with a space',
    ]);
  });
});

describe("a token's name", () => {
  const named = (name: string, more = "") =>
    changed("{ servicePrincipal: { name: pull-blue } }", `{ registryToken: { name: ${name}${more} } }`);
  const line = (name: string, rule: string) =>
    `environments/demo.yaml:17:36 clusters.blue.pull.registryToken.name ${rule}, got: "${name}"`;
  const RULE = "must be 5-47 letters, digits or hyphens, the first a letter";

  test.each(["abc", "abcd", "1abcd", "-abcd", "a_bcd"])("%s is refused", (name) => {
    expect(refusal(named(name))).toEqual([line(name, RULE)]);
  });

  test("of 5 characters is accepted", () => {
    expect(refusal(named("abcde"))).toEqual([]);
  });

  test("leaves room for the numbers of the slots", () => {
    const [fits, long] = ["a".repeat(46), "a".repeat(47)];
    const twelve = ", rotation: { slots: 12, periodDays: 13 }";
    expect(refusal(named(fits, twelve))).toEqual([]);
    expect(refusal(named(long))).toEqual([]);
    expect(refusal(named(long, twelve))).toEqual([
      line(long, `must leave room for the tokens' numbers: ${long}-11 is longer than 49 characters`),
    ]);
  });
});

describe("names that are made of keys", () => {
  const COMMIT = "a".repeat(40);
  const tasked = (key: string) =>
    fleet({
      images: `{ ${key}: { repository: web, tag: v1, build: { acrTask: { source: https://x.org/a.git, commit: ${COMMIT} } } } }`,
    });

  test("of tasks have at most 50 characters", () => {
    expect(refusal(tasked("i".repeat(44)))).toEqual([]);
    const key = "i".repeat(45);
    expect(refusal(tasked(key))).toEqual([
      `environments/demo.yaml:3:11 images.${key} must be at most 44 characters with acrTask, whose task is called build-${key}`,
    ]);
  });

  const vault = "keyVault: { name: kv1, resourceGroup: rg, existing: true }";
  const delivered = (environment: string, key: string) =>
    refusalOf({
      [`environments/${environment}.yaml`]: fleet({
        defaults: `{ clusters: { kubeconfig: {}, pull: { servicePrincipal: { name: p }, ${vault} } } }`,
        clusters: `{ ${key}: {} }`,
      }),
    });

  test("of secrets in a vault have at most 127 characters", () => {
    const [environment, key] = ["e".repeat(63), "c".repeat(55)];
    expect(delivered(environment, key.slice(1))).toEqual([]);
    expect(delivered(environment, key)).toEqual([
      `environments/${environment}.yaml:4:13 clusters.${key} is too long for a key vault: the secret ${environment}-identity-${key} has more than 127 characters`,
    ]);
  });

  const inCloud = (environment: string, key: string) =>
    refusalOf({
      [`environments/${environment}.yaml`]: fleet({
        backend: "{ cloud: { organization: shop, workspacePrefix: pull- } }",
        defaults: `{ clusters: ${SHARED} }`,
        clusters: `{ ${key}: {} }`,
      }),
    });

  test("of workspaces have at most 90 characters", () => {
    const [environment, key] = ["e".repeat(40), "c".repeat(36)];
    expect(inCloud(environment, key.slice(1))).toEqual([]);
    expect(inCloud(environment, key)).toEqual([
      `environments/${environment}.yaml:4:13 clusters.${key} is too long for HCP Terraform: the workspace pull-${environment}-identity-${key} has more than 90 characters`,
    ]);
  });
});

test.each(["my cluster", "-aks", "a".repeat(64)])("%s is the name of no AKS cluster", (name) => {
  const yaml = changed("kubeconfig: { context: blue }", `aks: { name: "${name}", resourceGroup: rg }`);
  expect(refusal(yaml)).toEqual([
    `environments/demo.yaml:16:18 clusters.blue.aks.name must be the name of an AKS cluster: at most 63 letters, digits, '_' or '-', alphanumeric at both ends, got: "${name}"`,
  ]);
});
