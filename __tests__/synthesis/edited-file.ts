import fc from "fast-check";

/** An environment file, as far as edits know it. */
export interface EditedFile {
  registry: Record<string, unknown>;
  azure: Record<string, unknown>;
  backend: Record<string, unknown>;
  providers: Record<string, string>;
  tags: Record<string, string>;
  defaults: { clusters: Record<string, unknown>; workloads: Record<string, unknown>; images: Record<string, unknown> };
  images: Record<string, Entry>;
  clusters: Record<string, Entry>;
  namespaces: Record<string, Entry>;
  workloads: Record<string, Entry & { clusters: unknown; image: string }>;
  manifests: Record<string, Entry>;
}
type Entry = Record<string, unknown>;
type Section = "images" | "clusters" | "namespaces" | "workloads" | "manifests";

/** An edit, by name: it changes a file in place, or does nothing where it does not apply. */
export interface Edit {
  readonly name: string;
  readonly apply: (file: EditedFile) => void;
}

const KEYS = ["a", "b", "c", "d"] as const;
const key = fc.constantFrom(...KEYS);
const HEX = "0123456789abcdef";
const uuid = (digit: number) => "00000000-0000-0000-0000-000000000000".replaceAll("0", HEX[digit] ?? "0");

const vault = (name: string) => ({ name: `${name}-abc`, resourceGroup: "vaults", location: "westeurope" });
const azureImage = (tag: string, commit: number) => ({
  repository: "task",
  tag,
  build: { acrTask: { source: "https://example.com/a.git", commit: (HEX[commit] ?? "0").repeat(40) } },
});
const image = fc.oneof(
  fc
    .record({ tag: fc.constantFrom("v1", "v2", "_x"), context: fc.constantFrom("one", "two") })
    .map(({ tag, context }): Entry => ({ tag, build: { docker: { context } } })),
  fc.nat(15).map((digit): Entry => ({ prebuilt: `sha256:${(HEX[digit] ?? "0").repeat(64)}` })),
  fc.record({ tag: fc.constantFrom("v1", "v2"), commit: fc.nat(15) }).map(({ tag, commit }) => azureImage(tag, commit)),
);

const pull = fc.oneof<fc.Arbitrary<Entry>[]>(
  fc.constantFrom<Entry>(
    { servicePrincipal: {} },
    { servicePrincipal: { role: "AcrPull", rotation: { slots: 5 } } },
    { servicePrincipal: { name: "a ${b} %{c}", owners: [uuid(1)] } },
    { registryToken: {} },
    { managedIdentity: { objectId: uuid(2) } },
    { existingSecret: { name: "theirs" } },
    { existingSecret: { name: "ours" } },
    { federated: { issuer: "https://a.example.com", controller: "externalSecrets" } },
    {
      federated: {
        issuer: "https://a.example.com/b/",
        controller: "acrPull",
        name: "a ${b} %{c}",
        serviceAccount: "c",
      },
    },
    { federated: { issuer: "https://a.example.com", controller: "externalSecrets", formerly: {} } },
  ),
  fc.constantFrom("kv-one", "kv-two").map((name): Entry => ({
    servicePrincipal: {},
    keyVault: vault(name),
  })),
);
const connection = fc.constantFrom<Entry>(
  { kubeconfig: {} },
  { kubeconfig: { context: "x", path: "~/.kube/x" } },
  { aks: { name: "aks", resourceGroup: "aks-rg" } },
  { aks: { name: "aks", resourceGroup: "aks-rg", tenantId: uuid(3), subscriptionId: uuid(4) } },
);
const cluster = fc
  .record({ connection, pull, region: fc.constantFrom("eu", "us"), secret: fc.constantFrom(undefined, "named") })
  .map(({ connection, pull, region, secret }): Entry => ({
    ...connection,
    pull,
    labels: { region },
    ...(secret !== undefined && { pullSecret: secret }),
  }));

const option = fc.constantFrom<Entry>(
  // As they are called elsewhere: right where the registry caches them.
  { image: "a/b:1" },
  { image: `docker.io/a/b@sha256:${"c".repeat(64)}` },
  { port: 8080 },
  { port: 8081 },
  { replicas: 2 },
  { replicas: 1 },
  { env: { A: "1" } },
  { env: { A: "${x}" } },
  { expose: "LoadBalancer" },
  { expose: "ClusterIP" },
  { namespace: "n1" },
  { namespace: "n2" },
  { runAsUser: 101 },
  { resources: { cpu: "250m" } },
  { health: { path: "/up" } },
  { rolloutDeadlineSeconds: 300 },
  { writablePaths: ["/tmp"] },
  { adopt: {} },
  { keep: { service: "theirs" } },
);
const places = fc.oneof(
  fc.uniqueArray(key, { minLength: 1 }).map((keys): unknown => keys),
  fc.constantFrom("eu", "us").map((region): unknown => ({ matchLabels: { region } })),
);

const put = (section: Section, name: string, entry: Entry): Edit => ({
  name: `put ${section}`,
  apply: (file) => Object.assign(file[section], { [name]: entry }),
});

/** What files of manifests hold in turn: images of `firstFile` and others, by tag and without, and a namespace. */
export const MANIFESTS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  "objects/a.yaml": [
    pod("a", "r/a:v1", "r/d:v1"),
    pod("a", "r/b", "other/x:1"),
    "apiVersion: v1\nkind: Namespace\nmetadata: { name: n1 }\n",
  ],
  "objects/b.yaml": [
    pod("b", "r/b"),
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b, namespace: n2 }\ndata: { a: '${x}' }\n",
  ],
};

function pod(name: string, ...images: readonly string[]): string {
  const containers = images.map((image, index) => `{ name: c${index}, image: registryone.azurecr.io/${image} }`);
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: n1 }\nspec: { containers: [${containers.join(", ")}] }\n`;
}

/** What every registry may have on it. */
const inGroup = (type: string) => `/subscriptions/${uuid(6)}/resourceGroups/rg/providers/${type}`;
const attachments = (repository: string): Entry => ({
  privateEndpoints: { a: { name: "a1", subnetId: inGroup("Microsoft.Network/virtualNetworks/a/subnets/b") } },
  diagnostics: { workspaceId: inGroup("Microsoft.OperationalInsights/workspaces/a") },
  webhooks: { a: { name: "hooka", uri: "https://example.com/a", actions: ["push"] } },
  credentialSets: {
    a: {
      ...{ name: "set-a", loginServer: "docker.io", vault: { name: "kv-one", resourceGroup: "rg" } },
      ...{ usernameSecret: "user", passwordSecret: "token" },
    },
  },
  cacheRules: { a: { name: "rule-a", source: "docker.io/a/b", repository: "cache/b", credentialSet: "a" } },
  roles: { push: [uuid(7)], pull: [uuid(8)] },
  tokens: { a: { name: "token-a", repositories: [repository], vault: { name: "kv-one", resourceGroup: "rg" } } },
});

/** Every kind of edit that a person makes to a file. What comes out need not be right: the loader tells. */
export const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(key, image).map(([name, entry]) => put("images", name, { ...entry, repository: `r/${name}` })),
  fc.tuple(key, cluster).map(([name, entry]) => put("clusters", name, entry)),
  fc
    .tuple(key, key, places, option)
    .map(([name, of, clusters, entry]) => put("workloads", name, { image: of, clusters, port: 8080, ...entry })),
  fc
    .tuple(
      fc.constantFrom("n1", "n2"),
      fc.constantFrom<Entry>(
        { podSecurity: "baseline" },
        { podSecurity: "privileged", labels: { a: "1" } },
        { existing: true },
        { adopt: true, annotations: { a: "${b}" } },
        { clusters: { matchLabels: {} }, serviceAccounts: ["puller"], repositories: ["r/x"] },
        { clusters: { matchLabels: { region: "us" } }, serviceAccounts: ["default"], repositories: ["r/*"] },
        { pullSecret: { name: "ours", labels: { a: "1" } } },
        { pullSecret: { name: "ours", annotations: { a: "1" }, adopt: true } },
      ),
    )
    .map(([name, entry]) => put("namespaces", name, entry)),
  fc
    .tuple(fc.constantFrom("a", "b"), fc.constantFrom(...Object.keys(MANIFESTS)), places, fc.boolean())
    .map(([name, file, clusters, adopt]) => put("manifests", name, { path: file, clusters, adopt })),
  fc
    .tuple(fc.constantFrom<Section>("images", "clusters", "namespaces", "workloads", "manifests"), key)
    .map(([section, name]): Edit => ({
      name: `remove of ${section}`,
      apply: (file) => Reflect.deleteProperty(file[section], name),
    })),
  fc
    .tuple(fc.constantFrom<Section>("images", "clusters", "workloads", "manifests"), key, key)
    .map(([section, from, to]): Edit => ({
      name: `rename in ${section}`,
      apply: (file) => {
        const entries = Object.entries<Entry>(file[section]).filter(([name]) => name === from || name !== to);
        Object.assign(file, {
          [section]: Object.fromEntries(entries.map(([name, entry]) => [name === from ? to : name, entry])),
        });
      },
    })),
  fc.constantFrom<Section>("images", "clusters", "workloads", "namespaces", "manifests").map((section): Edit => ({
    name: `reorder ${section}`,
    apply: (file) => Object.assign(file, { [section]: Object.fromEntries(Object.entries(file[section]).reverse()) }),
  })),
  fc.tuple(key, option).map(([name, entry]): Edit => ({
    name: "option of a workload",
    apply: (file) => Object.assign(file.workloads[name] ?? {}, entry),
  })),
  option.map((entry): Edit => ({
    name: "default of workloads",
    apply: (file) => (file.defaults.workloads = entry),
  })),
  fc
    .constantFrom<Entry>({}, { pull: { servicePrincipal: { rotation: { periodDays: 14 } } } }, { pullSecret: "shared" })
    .map((entry): Edit => ({ name: "default of clusters", apply: (file) => (file.defaults.clusters = entry) })),
  fc.constantFrom<Entry>({}, { tag: "v9" }).map((entry): Edit => ({
    name: "default of images",
    apply: (file) => (file.defaults.images = entry),
  })),
  fc
    .constantFrom<Entry>(
      { existing: true },
      { existing: true, repositoryPermissions: true },
      { location: "westeurope", sku: "Basic" },
      { location: "westeurope", sku: "Premium" },
      { location: "northeurope", sku: "Standard", adminUser: true },
      {
        ...{ location: "westeurope", sku: "Premium", retentionDays: 7, lock: true },
        network: { allow: ["203.0.113.0/24"], dataEndpoints: true, trustedServices: false },
        customerManagedKey: {
          keyId: "https://kv-one.vault.azure.net/keys/a",
          identity: { name: "one", resourceGroup: "rg" },
        },
      },
      {
        location: "westeurope",
        sku: "Premium",
        network: {},
        publicAccess: false,
        exportPolicy: false,
        quarantine: true,
      },
      ...[
        { existing: true, ...attachments("r/a") },
        { location: "westeurope", sku: "Premium", ...attachments("r/a") },
        { location: "westeurope", sku: "Premium", ...attachments("r/b") },
      ],
    )
    .map((entry): Edit => ({
      name: "registry",
      apply: (file) => (file.registry = { name: file.registry.name, resourceGroup: "rg", ...entry }),
    })),
  fc.constantFrom([], ["registryzero"], ["registryzero", "old.azurecr.io"]).map((formerly): Edit => ({
    name: "former registries",
    apply: (file) => (file.registry.formerly = formerly),
  })),
  fc.constantFrom("registryone", "registrytwo").map((name): Edit => ({
    name: "name of the registry",
    apply: (file) => (file.registry.name = name),
  })),
  fc.constantFrom<Record<string, string>>({}, { owner: "a" }, { owner: "${b}" }).map((tags): Edit => ({
    name: "tags",
    apply: (file) => (file.tags = tags),
  })),
  fc
    .constantFrom<Entry>({}, { cloud: "china" }, { tenantId: uuid(5) }, { cli: false }, { subscriptionId: uuid(6) })
    .map((azure): Edit => ({
      name: "azure",
      apply: (file) => (file.azure = azure),
    })),
  fc
    .constantFrom<Record<string, string>>({}, { azurerm: "~> 4.60" }, { kubernetes: "~> 2.38" })
    .map((providers): Edit => ({
      name: "providers",
      apply: (file) => (file.providers = providers),
    })),
  fc
    .constantFrom<Entry>(
      { local: {} },
      { gcs: { bucket: "states" } },
      { s3: { bucket: "states", region: "eu-west-1" } },
      { azurerm: { storageAccount: "states", container: "tf", resourceGroup: "rg" } },
    )
    .map((backend): Edit => ({ name: "backend", apply: (file) => (file.backend = backend) })),
);

/** @returns A file to begin with, of its own for each run. */
export function firstFile(): EditedFile {
  return {
    azure: {},
    backend: { local: {} },
    providers: {},
    tags: {},
    registry: { name: "registryone", resourceGroup: "rg", location: "westeurope", sku: "Premium" },
    defaults: { clusters: {}, workloads: {}, images: {} },
    images: {
      a: { repository: "r/a", tag: "v1", build: { docker: { context: "one" } } },
      b: { repository: "r/b", prebuilt: `sha256:${"0".repeat(64)}` },
      c: azureImage("v1", 1),
      d: { repository: "r/d", tag: "v1", build: { docker: { context: "two" } } },
    },
    clusters: {
      a: { kubeconfig: {}, pull: { servicePrincipal: {}, keyVault: vault("kv-one") }, labels: { region: "eu" } },
      b: { kubeconfig: {}, pull: { registryToken: {} }, labels: { region: "us" } },
    },
    namespaces: {},
    workloads: {
      a: { image: "a", clusters: ["a", "b"], port: 8080 },
      b: { image: "b", clusters: { matchLabels: { region: "eu" } }, port: 8080, namespace: "n1" },
      c: { image: "c", clusters: ["b"], port: 8080 },
    },
    manifests: { a: { path: "objects/a.yaml", clusters: ["a"] } },
  };
}
