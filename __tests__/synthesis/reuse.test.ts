import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../../config";
import { openStaging } from "../../synthesis/staging";
import { synthesize, synthesizeAtOnce } from "../../synthesis/synthesize";
import { temporaryFolder } from "../support/synthesized";
import { SealedProject, snapshotOf, watchBuilds } from "./sealed-project";

const docker = (context: string) => ({ docker: { context } });
const FILE = {
  registry: { name: "testregistry", resourceGroup: "rg", location: "westeurope", sku: "Basic" },
  defaults: { workloads: { port: 80 } },
  images: {
    web: { repository: "web", tag: "v1", build: docker("one") },
    api: { repository: "api", tag: "v1", build: docker("two") },
  },
  clusters: {
    one: { kubeconfig: { context: "one" }, pull: { servicePrincipal: {} } },
    two: { kubeconfig: { context: "two" }, pull: { servicePrincipal: {} } },
  },
  workloads: {
    web: { image: "web", clusters: ["one", "two"] },
    api: { image: "api", clusters: ["two"] },
  },
};
const SHARED = ["test-images", "test-registry"];
const ONE = ["test-identity-one", "test-workload-one"];
const TWO = ["test-identity-two", "test-workload-two"];
const ALL = [...SHARED, ...ONE, ...TWO].sort();

let project: SealedProject;
let outdir: string;
let built: string[];

function run(others: Parameters<SealedProject["settings"]>[1] = {}, folder = outdir): void {
  const settings = project.settings(folder, others);
  synthesizeAtOnce(loadConfiguration(settings).environments, settings);
}

/** What a synthesis builds, after which the output must be that of one from nothing. */
function builtBy(others: Parameters<typeof run>[0] = {}): string[] {
  built.length = 0;
  run(others);
  const names = [...built].sort();
  const fresh = temporaryFolder();
  run({}, fresh);
  expect(snapshotOf(outdir)).toEqual(snapshotOf(fresh));
  return names;
}

beforeEach(() => {
  project = new SealedProject();
  project.file = FILE;
  outdir = temporaryFolder();
  built = watchBuilds(() => project.stamp());
  run();
});

afterEach(() => {
  jest.restoreAllMocks();
});

it("builds all where there is nothing, and nothing where nothing changed", () => {
  expect([...built].sort()).toEqual(ALL);
  expect(builtBy()).toEqual([]);
});

it("builds all with --fresh, and to see where tokens are made", () => {
  expect(builtBy({ fresh: true })).toEqual(ALL);
  expect(builtBy({ tokenTraces: true })).toEqual(ALL);
});

describe("after an edit of the file, builds", () => {
  const edited = (edit: (file: typeof FILE) => void) => {
    const file = structuredClone(FILE);
    edit(file);
    project.file = file;
    return builtBy();
  };

  it.each<[string, (file: typeof FILE) => void, string[]]>([
    ["one cluster where it is another's context", (file) => (file.clusters.one.kubeconfig.context = "moved"), ONE],
    ["what clusters share where it is the registry", (file) => (file.registry.sku = "Standard"), SHARED],
    [
      "what clusters share and who runs it where it is a tag",
      (file) => (file.images.api.tag = "v2"),
      [...SHARED, ...TWO],
    ],
    ["all where it is a default", (file) => (file.defaults.workloads.port = 81), [...ONE, ...TWO]],
    ["the cluster that runs a workload less", (file) => file.workloads.web.clusters.shift(), ONE],
    [
      "nothing where another cluster is gone",
      (file) => {
        Reflect.deleteProperty(file.clusters, "one");
        file.workloads.web.clusters.shift();
      },
      [],
    ],
  ])("%s", (_, edit, expected) => {
    expect(edited(edit)).toEqual([...expected].sort());
  });
});

describe("the output is that of a run from nothing after an edit of", () => {
  const ID = "00000000-0000-0000-0000-00000000000";
  const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
  const rich = () => ({
    azure: {} as Record<string, unknown>,
    providers: {} as Record<string, string>,
    backend: { local: {} } as Record<string, unknown>,
    tags: {} as Record<string, string>,
    registry: {
      ...{ name: "testregistry", resourceGroup: "rg", existing: true, repositoryPermissions: false },
      formerly: [] as string[],
      tokens: {
        ci: { name: "token-ci", repositories: ["web"], vault: { name: "kv-test", resourceGroup: "rg" } },
      },
    },
    images: {
      web: { repository: "web", tag: "v1", build: docker("one") },
      api: { repository: "api", prebuilt: digest("0") },
    },
    clusters: {
      vault: {
        kubeconfig: { context: "vault" },
        pullSecret: "pull",
        pull: {
          servicePrincipal: { rotation: { slots: 4 } },
          keyVault: { name: "kv-test", resourceGroup: "rg", location: "westeurope" },
        },
      },
      token: { kubeconfig: {}, pull: { registryToken: { name: "token" } } },
      nodes: { kubeconfig: {}, pull: { managedIdentity: { objectId: `${ID}1` } } },
      theirs: { kubeconfig: {}, pull: { existingSecret: { name: "theirs" } } },
    },
    namespaces: {
      shop: { podSecurity: "baseline" } as Record<string, unknown>,
      others: { clusters: ["token"], repositories: ["others/a"] } as Record<string, unknown>,
    },
    workloads: {
      web: { image: "web", clusters: ["vault", "nodes", "theirs"], port: 80, namespace: "shop" },
      api: { image: "api", clusters: ["theirs"], port: 80, namespace: "shop" },
    },
    manifests: { objects: { path: "objects/a.yaml", clusters: ["theirs"], adopt: false } },
  });
  const configMap = (value: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata: { a: "${value}" }\n`;

  it.each<[string, (file: ReturnType<typeof rich>) => void]>([
    ["the tenant", ({ azure }) => (azure.tenantId = `${ID}2`)],
    ["the cloud", ({ azure }) => (azure.cloud = "china")],
    ["a version of a provider", ({ providers }) => (providers.kubernetes = "~> 2.38")],
    ["a version of the shared provider", ({ providers }) => (providers.azurerm = "~> 4.60")],
    ["the backend", (file) => (file.backend = { gcs: { bucket: "states" } })],
    ["tags", ({ tags }) => (tags.owner = "somebody")],
    ["the registry's name", ({ registry }) => (registry.name = "otherregistry")],
    ["the registry's mode", ({ registry }) => (registry.repositoryPermissions = true)],
    ["the repository of an image that is built", ({ images }) => (images.web.repository = "other")],
    ["the repository of an image that is not", ({ images }) => (images.api.repository = "other")],
    ["the tag of an image", ({ images }) => (images.web.tag = "v2")],
    ["a digest", ({ images }) => (images.api.prebuilt = digest("1"))],
    ["a connection", ({ clusters }) => (clusters.vault.kubeconfig.context = "moved")],
    ["the name of a pull secret", ({ clusters }) => (clusters.vault.pullSecret = "other")],
    ["a rotation", ({ clusters }) => (clusters.vault.pull.servicePrincipal.rotation.slots = 5)],
    ["a key vault", ({ clusters }) => (clusters.vault.pull.keyVault.name = "kv-other")],
    ["the name of a token", ({ clusters }) => (clusters.token.pull.registryToken.name = "other")],
    ["the identity of nodes", ({ clusters }) => (clusters.nodes.pull.managedIdentity.objectId = `${ID}3`)],
    ["a secret of others", ({ clusters }) => (clusters.theirs.pull.existingSecret.name = "other")],
    ["a former registry", ({ registry }) => registry.formerly.push("otherregistry")],
    ["a token for others", ({ registry }) => registry.tokens.ci.repositories.push("api")],
    ["the security of a namespace", ({ namespaces }) => (namespaces.shop.podSecurity = "restricted")],
    ["who makes a namespace", ({ namespaces }) => (namespaces.others.existing = true)],
    ["the adoption of a namespace", ({ namespaces }) => (namespaces.shop.adopt = true)],
    ["the labels of a namespace", ({ namespaces }) => (namespaces.shop.labels = { team: "a" })],
    ["the annotations of a namespace", ({ namespaces }) => (namespaces.shop.annotations = { team: "a" })],
    ["the service accounts of a namespace", ({ namespaces }) => (namespaces.shop.serviceAccounts = ["puller"])],
    ["the pull secret of a namespace", ({ namespaces }) => (namespaces.others.pullSecret = "other")],
    ["where a namespace is for others", ({ namespaces }) => (namespaces.others.clusters = ["token", "vault"])],
    ["that a namespace is for others too", ({ namespaces }) => (namespaces.shop.clusters = ["vault"])],
    ["what others pull", ({ namespaces }) => (namespaces.others.repositories = ["others/a", "others/b"])],
    [
      "manifests",
      () => {
        project.edit("objects/a.yaml", configMap("new"));
      },
    ],
    ["the adoption of manifests", ({ manifests }) => (manifests.objects.adopt = true)],
    ["a workload", ({ workloads }) => (workloads.web.port = 81)],
    ["the clusters of a workload", ({ workloads }) => workloads.api.clusters.push("nodes")],
    ["the key of a workload", (file) => Object.assign(file, { workloads: { other: file.workloads.web } })],
  ])("%s", (_, edit) => {
    const file = rich();
    project.edit("objects/a.yaml", configMap("old"));
    project.file = file;
    run();
    edit(file);
    project.file = file;
    expect(builtBy()).not.toEqual([]);
    expect(builtBy()).toEqual([]);
  });
});

it("builds what clusters share, and no cluster, after an edit of a build context", () => {
  project.edit("one/index.html", "new");
  expect(builtBy()).toEqual(SHARED);
});

it.each<[string, () => void]>([
  ["the code", () => (project.code = "2")],
  ["the version of a package", () => (project.version = "1.0.1")],
])("builds all with another state of %s", (_, change) => {
  change();
  expect(builtBy()).toEqual(ALL);
});

it("builds all, and seals nothing, where the code was edited while it runs", () => {
  project.edit("stacks/code.ts", "2");
  expect(builtBy()).toEqual(ALL);
  expect(fs.readFileSync(path.join(outdir, "seals.json"), "utf8")).toBe("{}\n");
});

describe("mends what a person has done to", () => {
  const place = (name: string) => path.join(outdir, name);
  const appendTo = (name: string) => () => {
    fs.appendFileSync(place(name), " ");
  };
  const context = () => {
    const [folder = ""] = fs.readdirSync(place("stacks/test-images/assets"));
    const [hash = ""] = fs.readdirSync(place(`stacks/test-images/assets/${folder}`));
    return `stacks/test-images/assets/${folder}/${hash}`;
  };
  const json = (name: string) => JSON.parse(fs.readFileSync(place(name), "utf8")) as Record<string, unknown>;
  const write = (name: string, data: unknown) => {
    fs.writeFileSync(place(name), `${JSON.stringify(data, null, 2)}\n`);
  };

  it.each<[string, () => void, string[]]>([
    ["a stack", appendTo("stacks/test-workload-one/cdk.tf.json"), ONE],
    [
      "the permissions of a stack",
      () => {
        fs.chmodSync(place("stacks/test-workload-one/cdk.tf.json"), 0o666);
      },
      ONE,
    ],
    [
      "a stack's folder",
      () => {
        fs.rmSync(place("stacks/test-identity-two"), { recursive: true });
      },
      TWO,
    ],
    [
      "a file of a build context",
      () => {
        appendTo(`${context()}/Dockerfile`)();
      },
      SHARED,
    ],
    [
      "the files of a build context, by one more",
      () => {
        fs.writeFileSync(place(`${context()}/more`), "");
      },
      SHARED,
    ],
    [
      "a stack's place in the manifest",
      () => {
        const manifest = json("manifest.json") as { stacks: Record<string, { dependencies: string[] }> };
        manifest.stacks["test-workload-one"]?.dependencies.pop();
        write("manifest.json", manifest);
      },
      ONE,
    ],
    [
      "the version in the manifest",
      () => {
        write("manifest.json", { ...json("manifest.json"), version: "0" });
      },
      [],
    ],
    [
      "the seal of a stack",
      () => {
        const seals = json("seals.json");
        write("seals.json", { ...seals, "test-workload-one": seals["test-workload-two"] });
      },
      ONE,
    ],
    ["the seals' layout", appendTo("seals.json"), []],
    ["the run order", appendTo("run-order.json"), []],
    [
      "the seals, which are gone",
      () => {
        fs.rmSync(place("seals.json"));
      },
      ALL,
    ],
    [
      "the seals, which are no mapping",
      () => {
        write("seals.json", null);
      },
      ALL,
    ],
  ])("%s", (_, spoil, expected) => {
    spoil();
    expect(builtBy()).toEqual([...expected].sort());
  });
});

it("takes no stack of an older output with the seals of a newer one", () => {
  const file = path.join(outdir, "stacks/test-workload-one/cdk.tf.json");
  const [old, order] = [fs.readFileSync(file, "utf8"), fs.readFileSync(path.join(outdir, "run-order.json"), "utf8")];
  project.file = { ...FILE, defaults: { workloads: { port: 81 } } };
  run();
  fs.writeFileSync(file, old);
  fs.writeFileSync(path.join(outdir, "run-order.json"), order);
  expect(builtBy()).toEqual(ONE);
});

it("begins anew where another process has published in the meantime", async () => {
  const other = {
    ...FILE,
    clusters: { ...FILE.clusters, two: { ...FILE.clusters.two, kubeconfig: { context: "x" } } },
  };
  const settings = project.settings(outdir);
  const { environments } = loadConfiguration(settings);
  built.length = 0;
  const pending = synthesize(environments, settings);
  // It has found that nothing needs to be built, and waits for its turn to publish.
  expect(built).toEqual([]);
  project.file = other;
  run();
  built.length = 0;
  await pending;
  expect([...built].sort()).toEqual(ALL);
  project.file = FILE;
  expect(builtBy()).toEqual([]);
});

it("leaves no folder behind where nothing can be built", () => {
  const settings = project.settings(outdir);
  const [environment] = loadConfiguration(settings).environments;
  if (!environment) throw new Error("nothing was loaded");
  fs.rmSync(path.join(project.directory, "one"), { recursive: true });
  expect(() => {
    synthesizeAtOnce([environment], settings);
  }).toThrow("ENOENT");
  expect(fs.readdirSync(outdir).filter((name) => name.startsWith("."))).toEqual([]);
  fs.rmSync(openStaging(outdir), { recursive: true });
});
