import { load, projectWith } from "../../support/environment";
import { changed, refusal } from "../base";

const VAULT = "vault: { name: kv1, resourceGroup: sec }, usernameSecret: user, passwordSecret: token";

const cache = (rules: string, more = "") => changed("sku: Basic", `sku: Basic\n  cacheRules: { ${rules} }${more}`);
const at = (column: number, rest: string) => `environments/demo.yaml:6:${column} registry.${rest}`;
const warnings = (yaml: string) => load(projectWith({ "environments/demo.yaml": yaml })).warnings;

test("fetches all below a repository to all below one, or one to one", () => {
  expect(refusal(cache("all: { name: all-rule, source: docker.io/library/*, repository: docker/* }"))).toEqual([]);
  expect(refusal(cache("all: { name: all-rule, source: docker.io/library/*, repository: docker }"))).toEqual([
    at(81, 'cacheRules.all.repository must end in /* where source does, and only there, got: "docker"'),
  ]);
  expect(refusal(cache("all: { name: all-rule, source: docker.io/library/nginx, repository: docker/* }"))).toEqual([
    at(85, 'cacheRules.all.repository must end in /* where source does, and only there, got: "docker/*"'),
  ]);
});

test("fetches to a repository once, and to none that is built here", () => {
  const two =
    "a: { name: rule-a, source: docker.io/a/a, repository: a }, b: { name: rule-b, source: docker.io/b/b, repository: a }";
  expect(refusal(cache(two))).toEqual([
    at(
      130,
      "cacheRules.b.repository must not be a second cache rule for a of registry acrdemo2ss: environments/demo.yaml has it at registry.cacheRules.a.repository",
    ),
  ]);
  const own = (repository: string) =>
    cache(`a: { name: rule-a, source: "docker.io/a/*", repository: "${repository}" }`);
  expect(refusal(own("shop/*"))).toEqual([
    at(
      73,
      'cacheRules.a.repository is the repository of an image that is built here: a cache rule takes over what it names, got: "shop/*"',
    ),
  ]);
  // Pushed by nobody here.
  expect(refusal(cache("a: { name: rule-a, source: docker.io/a/a, repository: shop/api }"))).toEqual([]);
});

test("signs in to the host that it fetches from", () => {
  const set = `\n  credentialSets: { hub: { name: docker-hub, loginServer: docker.io, ${VAULT} } }`;
  const rule = (source: string, name: string) =>
    cache(`a: { name: rule-a, source: ${source}, repository: a, credentialSet: ${name} }`, set);
  const line = (column: number, name: string) =>
    at(
      column,
      `cacheRules.a.credentialSet must be a key of registry.credentialSets whose loginServer is the host of source, got: "${name}"`,
    );
  expect(refusal(rule("docker.io/a/a", "hub"))).toEqual([]);
  expect(refusal(rule("docker.io/a/a", "hut"))).toEqual([line(89, "hut")]);
  expect(refusal(rule("quay.io/a/a", "hub"))).toEqual([line(87, "hub")]);
});

test("reads user name and password from two secrets", () => {
  const same = VAULT.replace("passwordSecret: token", "passwordSecret: user");
  expect(
    refusal(
      changed(
        "sku: Basic",
        `sku: Premium\n  credentialSets: { hub: { name: docker-hub, loginServer: docker.io, ${same} } }`,
      ),
    ),
  ).toEqual([at(150, 'credentialSets.hub.passwordSecret must be another secret than usernameSecret, got: "user"')]);
});

test("two wildcards share no repository, and a rule for one repository may lie below a wildcard", () => {
  const two = (one: string, other: string) =>
    cache(
      `a: { name: rule-a, source: "ghcr.io/a/*", repository: "${one}" }, b: { name: rule-b, source: "ghcr.io/b/*", repository: "${other}" }`,
    );
  const line = (column: number, got: string) =>
    at(
      column,
      `cacheRules.b.repository overlaps with that of registry.cacheRules.a: Azure has one wildcard for a repository, got: "${got}"`,
    );
  expect(refusal(two("hub/*", "hub/b/*"))).toEqual([line(136, "hub/b/*")]);
  expect(refusal(two("hub/a/*", "hub/*"))).toEqual([line(138, "hub/*")]);
  expect(refusal(two("hub/a/*", "hub/ab/*"))).toEqual([]);
  expect(refusal(two("hub/*", "hub/*"))).toEqual([
    expect.stringContaining("registry.cacheRules.b.repository must not be a second cache rule for hub/* of registry"),
  ]);
  const fixed = 'b: { name: rule-b, source: ghcr.io/b/b, repository: "hub/b" }';
  expect(refusal(cache(`a: { name: rule-a, source: "ghcr.io/a/*", repository: "hub/*" }, ${fixed}`))).toEqual([]);
});

test("all of a registry is a wildcard, and so is all of another one", () => {
  const all = (source: string, repository: string) =>
    refusal(cache(`all: { name: all-rule, source: "${source}", repository: "${repository}" }`));
  expect(all("ghcr.io/*", "ghcr/*")).toEqual([]);
  expect(all("ghcr.io/*", "ghcr")).toHaveLength(1);
  // What is built here would be fetched from there.
  expect(all("ghcr.io/*", "*")).toEqual([
    at(
      73,
      'cacheRules.all.repository is the repository of an image that is built here: a cache rule takes over what it names, got: "*"',
    ),
  ]);
});

test.each([
  ["docker.io/library/nginx", "docker.io/nginx"],
  ["ghcr.io/a/*", "ghcr.io/a/*"],
])("%s and %s are one source", (one, other) => {
  const place = (name: string, source: string) => (source.endsWith("/*") ? `${name}/*` : name);
  const [line, ...more] = refusal(
    cache(
      `a: { name: rule-a, source: "${one}", repository: "${place("one", one)}" }, b: { name: rule-b, source: "${other}", repository: "${place("two", other)}" }`,
    ),
  );
  expect(more).toEqual([]);
  expect(line?.replace(/^\S+ /, "")).toBe(
    `registry.cacheRules.b.source is the source of registry.cacheRules.a as well: an image of elsewhere has one place here, got: "${other}"`,
  );
});

test("a repository and all beside it are two sources", () => {
  const rules =
    'a: { name: rule-a, source: "ghcr.io/a/*", repository: "all/*" }, b: { name: rule-b, source: ghcr.io/a/b, repository: one }';
  expect(refusal(cache(rules))).toEqual([]);
});

test.each([
  "ghcr.io",
  "quay.io",
  "registry.k8s.io",
  "nvcr.io",
  "gcr.io",
  "us.gcr.io",
  "europe-docker.pkg.dev",
  "dhi.io",
])("fetches from %s", (host) => {
  expect(refusal(cache(`a: { name: rule-a, source: ${host}/a/a, repository: a }`))).toEqual([]);
});

test.each(["gitlab.com", "other.azurecr.io", "xgcr.io", "index.docker.io", "docker.io.example"])(
  "does not fetch from %s, and says from where",
  (host) => {
    expect(refusal(cache(`a: { name: rule-a, source: ${host}/a/a, repository: a }`))).toEqual([
      at(
        44,
        `cacheRules.a.source must be of a registry that Azure fetches from: docker.io, dhi.io, mcr.microsoft.com, public.ecr.aws, ghcr.io, quay.io, registry.k8s.io, nvcr.io, gcr.io, *.gcr.io, *.pkg.dev, got: "${host}/a/a"`,
      ),
    ]);
  },
);

test("warns of Docker Hub without a login, and of no other", () => {
  const rule = (source: string, more = "") => `a: { name: rule-a, source: ${source}, repository: a${more} }`;
  expect(warnings(cache(rule("docker.io/a/a")))).toEqual([
    at(
      17,
      "cacheRules.a needs a credentialSet: without a login docker.io serves Azure few images an hour, and then none",
    ),
  ]);
  expect(warnings(cache(rule("ghcr.io/a/a")))).toEqual([]);
  const set = `\n  credentialSets: { hub: { name: docker-hub, loginServer: docker.io, ${VAULT} } }`;
  expect(warnings(cache(rule("docker.io/a/a", ", credentialSet: hub"), set))).toEqual([]);
});

test.each(["mcr.microsoft.com", "public.ecr.aws"])("signs in to %s never", (host) => {
  const set = `\n  credentialSets: { one: { name: one-set, loginServer: ${host}, ${VAULT} } }`;
  const yaml = cache(`a: { name: rule-a, source: ${host}/a/a, repository: a, credentialSet: one }`, set);
  const [line, ...more] = refusal(yaml);
  expect(more).toEqual([]);
  expect(line).toMatch(
    /registry\.cacheRules\.a\.credentialSet must be left out: Azure fetches from mcr\.microsoft\.com and public\.ecr\.aws without a login, got: "one"$/,
  );
});

test("has at most 1,000 rules", () => {
  const rules = (count: number) =>
    cache(
      Array.from(
        { length: count },
        (_, index) => `r${index}: { name: rule-${index}, source: ghcr.io/a/a${index}, repository: a${index} }`,
      ).join(", "),
    );
  expect(refusal(rules(1000))).toEqual([]);
  expect(refusal(rules(1001))).toEqual([at(15, "cacheRules must be at most 1000 rules, and are 1001")]);
});
