import { load, projectWith } from "../../support/environment";
import { BASE, changed, refusal, refusalOf } from "../base";

const premium = (text: string) => changed("sku: Basic", `sku: Premium\n  ${text}`);
const at = (column: number, rest: string) => `environments/demo.yaml:6:${column} registry.${rest}`;
const warnings = (yaml: string) => load(projectWith({ "environments/demo.yaml": yaml })).warnings;
const blue = (text: string, yaml = BASE) => yaml.replace("context: blue }", `context: blue }\n    ${text}`);

const SUBSCRIPTION = "/subscriptions/66666666-7777-8888-9999-000000000000";
const SUBNET = `${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/one`;
const WORKSPACE = `${SUBSCRIPTION}/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/logs`;
const KEY = "keyId: https://kv1.vault.azure.net/keys/registry, identity: { name: key-user, resourceGroup: sec }";
const ID = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const OTHER = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff";
const VAULT = "vault: { name: kv1, resourceGroup: sec }, usernameSecret: user, passwordSecret: token";

describe("options that only some SKUs have", () => {
  const OPTIONS: readonly (readonly [option: string, at: number, harmless: string | undefined, got: string])[] = [
    ["network: { allow: [203.0.113.0/24] }", 21, "network: {}", "network.allow"],
    ["network: { trustedServices: false }", 31, "network: { trustedServices: true }", "network.trustedServices"],
    ["network: { dataEndpoints: true }", 29, "network: { dataEndpoints: false }", "network.dataEndpoints"],
    [`privateEndpoints: { hub: { name: hub, subnetId: ${SUBNET} } }`, 21, undefined, "privateEndpoints"],
    ["quarantine: true", 15, "quarantine: false", "quarantine"],
    ["contentTrust: true", 17, "contentTrust: false", "contentTrust"],
    [`customerManagedKey: { ${KEY} }`, 23, undefined, "customerManagedKey"],
  ];

  test.each(OPTIONS)("%s needs Premium", (option, column, harmless, key) => {
    for (const sku of ["Basic", "Standard"]) {
      const yaml = (text: string) => changed("sku: Basic", `sku: ${sku}\n  ${text}`);
      const [line = "", ...others] = refusal(yaml(option));
      expect(others).toEqual([]);
      expect(line.replace(/, got: .*/, "")).toBe(at(column, `${key} needs sku Premium, and sku is ${sku}`));
      if (harmless !== undefined) expect(refusal(yaml(harmless))).toEqual([]);
    }
    expect(refusal(premium(option))).toEqual([]);
  });

  test("exportPolicy: false needs Premium, and that nothing is open to the internet", () => {
    expect(refusal(changed("sku: Basic", "sku: Standard\n  exportPolicy: false"))).toEqual([
      at(17, "exportPolicy needs sku Premium, and sku is Standard, got: false"),
      at(17, "exportPolicy false needs publicAccess: false: what is open to the internet can be copied anyway"),
    ]);
    expect(refusal(premium("exportPolicy: false"))).toEqual([
      at(17, "exportPolicy false needs publicAccess: false: what is open to the internet can be copied anyway"),
    ]);
    expect(refusal(premium("exportPolicy: false\n  publicAccess: false"))).toEqual([]);
    expect(refusal(changed("sku: Basic", "sku: Basic\n  exportPolicy: true"))).toEqual([]);
  });
});

describe("ways of clusters to a registry that is made here", () => {
  const closed = (text: string) => blue(text, premium("publicAccess: false"));

  test("addresses of the internet are none where nobody from there is let in", () => {
    expect(refusal(closed("egress: [203.0.113.7/32]"))).toEqual([
      "environments/demo.yaml:18:13 clusters.blue.egress leads to a registry with publicAccess: false, which lets in nobody from the internet: its nodes need privateEndpoint: true",
    ]);
    expect(refusal(closed("egress: [203.0.113.7/32]\n    privateEndpoint: true"))).toEqual([]);
    expect(refusal(blue("egress: [203.0.113.7/32]", premium("publicAccess: true")))).toEqual([]);
  });

  test("private endpoints need Premium", () => {
    expect(refusal(blue("privateEndpoint: true"))).toEqual([
      "environments/demo.yaml:17:22 clusters.blue.privateEndpoint needs a registry with sku Premium, and registry.sku is Basic, got: true",
    ]);
    expect(refusal(blue("privateEndpoint: false"))).toEqual([]);
    expect(refusal(blue("privateEndpoint: true", premium("")))).toEqual([]);
  });
});

describe("an adopted registry", () => {
  const adopted = (text: string) => changed("  location: centralus\n  sku: Basic", `  existing: true\n  ${text}`);

  test.each([
    ["network: {}", 12, "network", "a mapping"],
    ["exportPolicy: true", 17, "exportPolicy", "true"],
    ["quarantine: false", 15, "quarantine", "false"],
    ["contentTrust: false", 17, "contentTrust", "false"],
    [`customerManagedKey: { ${KEY} }`, 23, "customerManagedKey", "a mapping"],
  ])("is not changed by %s", (option, column, key, got) => {
    expect(refusal(adopted(option))).toEqual([
      `environments/demo.yaml:5:${column} registry.${key} must be left out: the registry is adopted (existing: true), got: ${got}`,
    ]);
  });

  test.each([
    `privateEndpoints: { hub: { name: hub, subnetId: ${SUBNET} } }`,
    `diagnostics: { workspaceId: ${WORKSPACE} }`,
    "webhooks: { scan: { name: scanhook, uri: https://scan.example, actions: [push] } }",
    "cacheRules: { nginx: { name: nginx, source: docker.io/library/nginx, repository: cache/nginx } }",
    `credentialSets: { hub: { name: docker-hub, loginServer: docker.io, ${VAULT} } }`,
    `roles: { push: [${ID}] }`,
    "lock: true",
  ])("may get %s", (option) => {
    expect(refusal(adopted(option))).toEqual([]);
  });
});

test("a registry that is made grants by repository from azurerm 5 on", () => {
  const yaml = (constraint: string) =>
    `${changed("sku: Basic", "sku: Basic\n  repositoryPermissions: true")}providers: { azurerm: "${constraint}" }\n`;
  expect(refusal(yaml(">= 5.0.0"))).toEqual([]);
  expect(refusal(yaml("~> 5.2"))).toEqual([]);
  for (const constraint of [">= 4.81.0", "~> 4.55"]) {
    expect(refusal(yaml(constraint))).toEqual([
      expect.stringMatching(
        /:6:26 registry\.repositoryPermissions of a registry that is made here needs azurerm 5 or later/,
      ),
    ]);
  }
});

describe("network.allow", () => {
  const allow = (...ranges: string[]) => premium(`network: { allow: [${ranges.join(", ")}] }`);

  test.each([
    ["10.1.0.0/16", "must be public addresses: those of virtual networks come in by privateEndpoints"],
    ["172.0.0.0/8", "must be public addresses: those of virtual networks come in by privateEndpoints"],
    ["100.100.0.1/32", "must be public addresses: those of virtual networks come in by privateEndpoints"],
    ["203.0.113.1/24", "must have no bits beyond its prefix"],
    ["203.0.113.0", "must be an IPv4 range in CIDR notation such as 203.0.113.0/24"],
    ["203.0.113.0/33", "must be an IPv4 range in CIDR notation such as 203.0.113.0/24"],
  ])("%s %s", (range, rule) => {
    expect(refusal(allow(range))).toEqual([at(22, `network.allow[0] ${rule}, got: "${range}"`)]);
  });

  test("lists a range once, and 100 at most, and one at least", () => {
    expect(refusal(allow("203.0.113.0/24", "203.0.113.0/24"))).toEqual([
      at(38, 'network.allow[1] is listed twice, got: "203.0.113.0/24"'),
    ]);
    const many = (count: number) => Array.from({ length: count }, (_, index) => `8.8.${index}.0/24`);
    expect(refusal(allow(...many(100)))).toEqual([]);
    expect(refusal(allow(...many(101)))).toEqual([at(21, "network.allow must list at most 100 ranges, got: a list")]);
    expect(refusal(allow())).toEqual([
      at(21, "network.allow must list at least one range: publicAccess: false lets nobody in, got: a list"),
    ]);
  });

  test("has no sense beside publicAccess: false", () => {
    expect(refusal(premium("network: { allow: [203.0.113.0/24] }\n  publicAccess: false"))).toEqual([
      at(21, "network.allow must be left out with publicAccess: false, which lets nobody in from the internet"),
    ]);
  });

  test("lets clusters in whose addresses lie in it, and refuses the others", () => {
    const yaml = (egress: string, more = "") => blue(`egress: [${egress}]${more}`, allow("203.0.113.0/24"));
    expect(refusal(yaml("203.0.113.128/25"))).toEqual([]);
    expect(warnings(yaml("203.0.113.128/25"))).toEqual([]);
    expect(refusal(yaml("203.0.113.7/32, 203.0.112.0/23"))).toEqual([
      'environments/demo.yaml:18:30 clusters.blue.egress[1] is not let in by registry.network.allow: its nodes cannot pull, got: "203.0.112.0/23"',
    ]);
    expect(refusal(yaml("198.51.100.1/32", "\n    privateEndpoint: true"))).toEqual([]);
  });

  test("is warned of where a cluster does not say how it gets in", () => {
    expect(warnings(allow("203.0.113.0/24"))).toEqual([
      at(
        21,
        "network.allow lets in no more than it lists, and clusters.blue says neither egress, the addresses that its nodes come from, nor privateEndpoint: true",
      ),
    ]);
    expect(warnings(blue("privateEndpoint: true", allow("203.0.113.0/24")))).toEqual([]);
  });

  test("is warned of where ACR Tasks build", () => {
    const task = `acrTask: { source: https://example.com/a.git, commit: ${"a".repeat(40)} }`;
    const yaml = blue("privateEndpoint: true", allow("203.0.113.0/24")).replace(
      "docker: { context: docker-manifests }",
      task,
    );
    expect(warnings(yaml)).toEqual([
      expect.stringMatching(
        /:11:23 images\.web\.build\.acrTask runs on machines of Azure, which a registry with network\.allow /,
      ),
    ]);
    expect(warnings(yaml.replace("network: { allow: [203.0.113.0/24] }", "network: {}"))).toEqual([]);
  });
});

describe("what lies on a registry", () => {
  const hook = (key: string, name: string) => `${key}: { name: ${name}, uri: https://scan.example, actions: [push] }`;
  const hooks = (count: number, sku: string) =>
    changed(
      "sku: Basic",
      `sku: ${sku}\n  webhooks: { ${Array.from({ length: count }, (_, index) => hook(`h${index}`, `hooks${index}`)).join(", ")} }`,
    );

  test("has names that Azure takes once", () => {
    expect(refusal(premium(`webhooks: { ${hook("one", "scanhook")}, ${hook("two", "ScanHook")} }`))).toEqual([
      at(
        97,
        "webhooks.two.name must not be a second webhook ScanHook of registry acrdemo2ss: environments/demo.yaml has it at registry.webhooks.one.name",
      ),
    ]);
  });

  test.each([
    ["Basic", 2],
    ["Standard", 10],
  ])("of %s is at most %s webhooks", (sku, most) => {
    expect(refusal(hooks(most, sku))).toEqual([]);
    expect(refusal(hooks(most + 1, sku))).toEqual([
      at(13, `webhooks must be at most ${most} webhooks with sku ${sku}, and are ${most + 1}`),
    ]);
  });

  test.each([
    ["https://user@scan.example", "a user"],
    ["https://scan.example/a?code=secret", "a query"],
    ["http://scan.example", "no https"],
  ])("posts to no URL with a secret in it, or in the clear: %s", (uri) => {
    expect(refusal(premium(`webhooks: { scan: { name: scanhook, uri: "${uri}", actions: [push] } }`))).toEqual([
      at(
        44,
        `webhooks.scan.uri must be an https URL without a user and without a query: a code in it would be a secret in the output, got: "${uri}"`,
      ),
    ]);
  });

  test("tells of something, to somebody", () => {
    const rule = at(16, "diagnostics must have a workspaceId or a storageAccountId, and events or metrics");
    expect(refusal(premium("diagnostics: {}"))).toEqual([rule]);
    expect(refusal(premium(`diagnostics: { workspaceId: ${WORKSPACE}, events: [], metrics: false }`))).toEqual([rule]);
    expect(refusal(premium(`diagnostics: { workspaceId: ${WORKSPACE}, events: [] }`))).toEqual([]);
  });

  test("gives a role once to everybody", () => {
    const rule = "is listed in push as well, and who pushes may pull";
    expect(refusal(premium(`roles: { push: [${ID}], pull: [${OTHER}] }`))).toEqual([]);
    expect(refusal(premium(`roles: { push: [${ID}], pull: [${ID}] }`))).toEqual([
      at(65, `roles.pull[0] ${rule}, got: "${ID}"`),
    ]);
    expect(refusal(premium(`roles: { push: [${ID}, ${ID}] }`))).toEqual([
      expect.stringMatching(/roles\.push\[1\] must not be a second role AcrPush of principal /),
    ]);
  });

  test("is put on a registry by one file, though several may adopt it", () => {
    const hook = "webhooks: { scan: { name: scanhook, uri: https://scan.example, actions: [push] } }";
    const file = (cluster: string, registry: string) =>
      changed("  location: centralus\n  sku: Basic", `  existing: true\n  ${registry}`)
        .replace("pull-blue", `pull-${cluster}`)
        .replace("context: blue", `context: ${cluster}`)
        .replace("tag: v1", `tag: ${cluster}`);
    const both = (a: string, b: string) =>
      refusalOf({ "environments/a.yaml": file("one", a), "environments/b.yaml": file("two", b) });
    expect(both("lock: true", hook)).toEqual([]);
    expect(both("lock: true", "lock: true")).toEqual([
      "environments/b.yaml:5:9 registry.lock must not be a second lock of registry acrdemo2ss: environments/a.yaml has it at registry.lock",
    ]);
    expect(both(hook, hook.replace("scanhook", "ScanHook"))).toEqual([
      expect.stringMatching(
        /registry\.webhooks\.scan\.name must not be a second webhook ScanHook of registry acrdemo2ss: /,
      ),
    ]);
    const cache = (name: string) => `cacheRules: { a: { name: ${name}, source: docker.io/a/a, repository: cache/a } }`;
    expect(both(cache("rule-a"), cache("rule-b"))).toEqual([
      expect.stringMatching(/repository must not be a second cache rule for cache\/a of registry acrdemo2ss: /),
    ]);
    expect(both(`roles: { pull: [${ID}] }`, `roles: { pull: [${ID}] }`)).toEqual([
      expect.stringMatching(
        /roles\.pull\[0\] must not be a second role AcrPull of principal aaaaaaaa-\S+ on registry acrdemo2ss: /,
      ),
    ]);
    expect(both(`roles: { pull: [${ID}] }`, `roles: { push: [${ID}] }`)).toEqual([]);
  });

  describe("as a token", () => {
    const vault = "vault: { name: kv1, resourceGroup: sec }";
    const token = (text: string, key = "ci") => premium(`tokens: { ${key}: { ${text}, ${vault} } }`);

    test("rotates as clusters' do, and never without a lag", () => {
      const rotation = (text: string) => token(`name: ci-token, repositories: [a], rotation: { ${text} }`);
      expect(refusal(rotation("slots: 4, lag: 2"))).toEqual([]);
      expect(refusal(rotation("slots: 4, lag: 3"))).toEqual([
        expect.stringMatching(/registry\.tokens\.ci\.rotation\.lag must be at most slots - 2 = 2, got: 3$/),
      ]);
      expect(refusal(rotation("lag: 0"))).toEqual([
        expect.stringMatching(/registry\.tokens\.ci\.rotation\.lag must be at least 1: while a slot is renewed/),
      ]);
      expect(refusal(rotation("periodDays: 60"))).toEqual([
        expect.stringMatching(/registry\.tokens\.ci\.rotation\.periodDays makes passwords live .* = 300 days/),
      ]);
    });

    test("has room for the numbers of its slots, and its stack for its name in the vault", () => {
      const name = "a".repeat(47);
      expect(refusal(token(`name: ${name}, repositories: [a]`))).toEqual([]);
      expect(refusal(token(`name: ${name}, repositories: [a], rotation: { slots: 12, periodDays: 13 }`))).toEqual([
        expect.stringMatching(
          /registry\.tokens\.ci\.name must leave room for the tokens' numbers: a+-11 is longer than 49/,
        ),
      ]);
      const long = (length: number) =>
        refusalOf({
          [`environments/${"e".repeat(60)}.yaml`]: token("name: ci-token, repositories: [a]", "k".repeat(length)),
        });
      expect(long(51)).toEqual([]);
      expect(long(52)).toEqual([expect.stringMatching(/registry\.tokens\.k+ is too long for a key vault: /)]);
    });

    test("is for something, and is nobody else's", () => {
      expect(refusal(token("name: ci-token, repositories: []"))).toEqual([
        expect.stringMatching(/repositories must list at least one repository/),
      ]);
      const yaml = token("name: ci-token, repositories: [a]").replace(
        "{ servicePrincipal: { name: pull-blue } }",
        "{ registryToken: { name: ci-token } }",
      );
      expect(refusal(yaml)).toEqual([
        expect.stringMatching(
          /clusters\.blue\.pull\.registryToken\.name must not be a second token ci-token of registry acrdemo2ss: /,
        ),
      ]);
    });
  });

  test("gives nodes a role once, whoever lists them", () => {
    const nodes = `managedIdentity: { objectId: ${ID} }`;
    const yaml = premium(`roles: { pull: [${ID}] }`).replace("servicePrincipal: { name: pull-blue }", nodes);
    expect(refusal(yaml)).toEqual([
      expect.stringMatching(
        /clusters\.blue\.pull\.managedIdentity\.objectId must not be a second role AcrPull of principal /,
      ),
    ]);
  });

  test("says what holding back and signing mean for pods", () => {
    expect(warnings(premium("quarantine: true"))).toEqual([
      at(
        15,
        "quarantine is a preview of Azure that holds back all that is pushed, by builds here too: pods start when a scanner that is AcrQuarantineWriter has released their images, and rollouts fail that it is too slow for",
      ),
    ]);
    const signed = `${premium("contentTrust: true")}providers: { azurerm: ">= 4.55.0, < 5.0.0" }\n`;
    expect(warnings(signed)).toEqual([
      at(
        17,
        "contentTrust does nothing for pods: the registry goes on serving what nobody has signed, and no kubelet asks for a signature. Azure takes it away on 2028-03-31",
      ),
    ]);
    expect(warnings(premium("quarantine: false\n  contentTrust: false"))).toEqual([]);
  });

  test("is signed in no registry that a key of ours encrypts", () => {
    const key = `customerManagedKey: { ${KEY} }`;
    expect(refusal(premium(`contentTrust: true\n  ${key}`))).toEqual([
      at(
        17,
        "contentTrust must be left out with customerManagedKey: Azure has it in no registry that such a key encrypts, got: true",
      ),
    ]);
    expect(refusal(premium(`contentTrust: false\n  ${key}`))).toEqual([]);
  });

  test("is signed by no azurerm that has left it behind", () => {
    const yaml = (constraint: string) => `${premium("contentTrust: true")}providers: { azurerm: "${constraint}" }\n`;
    expect(refusal(yaml(">= 4.55.0, < 5.0.0"))).toEqual([]);
    expect(refusal(yaml(">= 4.55.0"))).toEqual([
      at(17, "contentTrust needs azurerm before 5.0.0: add < 5.0.0 to providers.azurerm, got: true"),
    ]);
  });

  test.each([
    [
      "a subnet's id of another type",
      `privateEndpoints: { hub: { name: hub, subnetId: ${WORKSPACE} } }`,
      /subnetId must be the resource id of a subnet: \/subscriptions\/<id>/,
    ],
    [
      "a workspace's id of another type",
      `diagnostics: { workspaceId: ${SUBNET} }`,
      /workspaceId must be the resource id of a Log Analytics workspace/,
    ],
    [
      "a key in another place",
      `customerManagedKey: { ${KEY.replace("vault.azure.net", "example.com")} }`,
      /keyId must be the id of a key of a key vault/,
    ],
    [
      "a source without a host",
      "cacheRules: { a: { name: rule-a, source: nginx, repository: a } }",
      /source must be a host and a repository such as docker\.io/,
    ],
    [
      "a webhook's name with a hyphen",
      "webhooks: { a: { name: scan-hook, uri: https://scan.example, actions: [push] } }",
      /name must be 5-50 letters or digits/,
    ],
    [
      "no action",
      "webhooks: { a: { name: scanhook, uri: https://scan.example, actions: [] } }",
      /actions must list at least one action/,
    ],
  ])("is refused with %s", (_what, option, rule) => {
    expect(refusal(premium(option))).toEqual([expect.stringMatching(rule)]);
  });
});
