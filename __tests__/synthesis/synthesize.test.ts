import fs from "node:fs";
import path from "node:path";
import { synthesizeAtOnce } from "../../synthesis/synthesize";
import { load, projectWith } from "../support/environment";
import { PROJECT, filesIn, synthesizeYaml, temporaryFolder } from "../support/synthesized";

const TWO_CLUSTERS = `
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images:
  web: { repository: web, tag: v1, build: { docker: { context: docker-manifests } } }
clusters:
  one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: pull-one } } }
  two: { kubeconfig: { context: two }, pull: { servicePrincipal: { name: pull-two } } }
workloads:
  web: { image: web, clusters: [one, two], port: 80 }
`;
const ONE_CLUSTER = TWO_CLUSTERS.replace(/^ {2}two: .*\n/m, "").replace("[one, two]", "[one]");

/** Every file below a folder: path, mode, time of modification and content. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesIn(folder).map((name) => {
      const file = path.join(folder, name);
      const { mode, mtimeMs } = fs.statSync(file);
      return [name, `${mode} ${mtimeMs} ${fs.readFileSync(file, "utf8")}`];
    }),
  );
}

function stackFolders(outdir: string): string[] {
  return fs.readdirSync(path.join(outdir, "stacks")).sort();
}

it("gives the same bytes in any folder", () => {
  const [first, second] = [temporaryFolder(), path.join(temporaryFolder(), "deeper/still")].map((outdir) => {
    const files = contents(synthesizeYaml(TWO_CLUSTERS, { outdir }));
    return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(/ [\d.]+ /, " ")]));
  });
  expect(first).toEqual(second);
  expect(Object.keys(first ?? {})).toHaveLength(9 + fs.readdirSync("docker-manifests").length);
});

it("leaves no folder of a cluster that was removed, and all that Terraform keeps in the others", () => {
  const outdir = synthesizeYaml(TWO_CLUSTERS);
  const lock = path.join(outdir, "stacks/test-identity-one/.terraform.lock.hcl");
  fs.writeFileSync(lock, "lock");
  fs.writeFileSync(path.join(outdir, "stacks/test-identity-two/plan"), "a saved plan holds secrets");
  synthesizeYaml(ONE_CLUSTER, { outdir });
  expect(stackFolders(outdir)).toEqual(["test-identity-one", "test-images", "test-registry", "test-workload-one"]);
  expect(fs.readFileSync(lock, "utf8")).toBe("lock");
});

it("replaces a stack's file that is no JSON any more", () => {
  const outdir = synthesizeYaml(TWO_CLUSTERS);
  const file = path.join(outdir, "stacks/test-registry/cdk.tf.json");
  const text = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, text.slice(0, 100));
  synthesizeYaml(TWO_CLUSTERS, { outdir });
  expect(fs.readFileSync(file, "utf8")).toBe(text);
});

it("touches no file whose content stays the same; the run order knows the content", () => {
  const outdir = synthesizeYaml(TWO_CLUSTERS);
  const before = contents(outdir);
  synthesizeYaml(TWO_CLUSTERS.replace("context: two", "context: moved"), { outdir });
  const after = contents(outdir);
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  expect(changed).toEqual(["run-order.json", "seals.json", "stacks/test-workload-two/cdk.tf.json"]);
});

it("mends the permissions of a file whose content is right", () => {
  const outdir = synthesizeYaml(TWO_CLUSTERS);
  const file = path.join(outdir, "stacks/test-registry/cdk.tf.json");
  const { mode } = fs.statSync(file);
  fs.chmodSync(file, 0o777);
  synthesizeYaml(TWO_CLUSTERS, { outdir });
  expect(fs.statSync(file).mode).toBe(mode);
});

it("removes the build context that a changed one replaces", () => {
  const outdir = temporaryFolder();
  synthesizeYaml(TWO_CLUSTERS, { outdir });
  const [asset = ""] = fs.readdirSync(path.join(outdir, "stacks/test-images/assets"));
  const stale = path.join(outdir, "stacks/test-images/assets", asset, "0123", "folder");
  fs.mkdirSync(stale, { recursive: true });
  fs.writeFileSync(path.join(stale, "file"), "stale");
  synthesizeYaml(TWO_CLUSTERS, { outdir });
  expect(fs.readdirSync(path.join(outdir, "stacks/test-images/assets", asset))).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ]);
});

it("keeps the previous output as it was when a file is broken", () => {
  const outdir = synthesizeYaml(TWO_CLUSTERS);
  const before = contents(outdir);
  const broken = TWO_CLUSTERS.replace("sku: Basic", "sku: Free");
  expect(() => synthesizeYaml(broken, { outdir })).toThrow(/must be one of Basic, Standard, Premium, got: "Free"$/);
  expect(contents(outdir)).toEqual(before);
});

it("keeps the previous output as it was when synthesis itself fails", () => {
  const outdir = synthesizeYaml(TWO_CLUSTERS);
  const before = contents(outdir);
  const [environment] = load(projectWith({ "environments/test.yaml": TWO_CLUSTERS })).environments;
  if (!environment) throw new Error("nothing was loaded");
  const broken = { ...environment, images: {} };
  const settings = { projectDirectory: PROJECT, outputDirectory: outdir, tokenTraces: false };
  expect(() => {
    synthesizeAtOnce([broken], settings);
  }).toThrow('no entry "web"');
  expect(contents(outdir)).toEqual(before);
  expect(fs.readdirSync(outdir).filter((name) => name.startsWith("."))).toEqual([]);
});

describe("a change of one cluster changes the bytes of exactly its stacks", () => {
  const BASE = TWO_CLUSTERS.replace(
    "clusters:",
    "  api: { repository: api, tag: v1, build: { docker: { context: docker-manifests } } }\nclusters:",
  );

  it.each<[string, (yaml: string) => string, string[]]>([
    [
      "another pull method",
      (yaml) => yaml.replace("servicePrincipal: { name: pull-two }", "registryToken: { name: pull-two }"),
      ["test-identity-two", "test-workload-two"],
    ],
    [
      "a workload of an image that none has used so far",
      (yaml) => `${yaml}  api: { image: api, clusters: [two], port: 81 }\n`,
      ["test-workload-two"],
    ],
    ["another context", (yaml) => yaml.replace("context: two", "context: moved"), ["test-workload-two"]],
    [
      "a new cluster",
      (yaml) =>
        yaml
          .replace(
            "workloads:",
            "  three: { kubeconfig: { context: three }, pull: { servicePrincipal: { name: pull-three } } }\nworkloads:",
          )
          .replace("[one, two]", "[one, two, three]"),
      ["test-identity-three", "test-workload-three"],
    ],
  ])("%s", (_, change, expected) => {
    const outdir = synthesizeYaml(BASE);
    const before = contents(path.join(outdir, "stacks"));
    synthesizeYaml(change(BASE), { outdir });
    const after = contents(path.join(outdir, "stacks"));
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual(expected.map((stack) => `${stack}/cdk.tf.json`));
    expect(Object.keys(before).filter((name) => !(name in after))).toEqual([]);
  });
});

it("says in which order stacks run, and which may run side by side", () => {
  const order = JSON.parse(
    fs.readFileSync(path.join(synthesizeYaml(TWO_CLUSTERS), "run-order.json"), "utf8"),
  ) as unknown;
  expect(order).toMatchObject({
    waves: [
      ["test-registry"],
      ["test-identity-one", "test-identity-two", "test-images"],
      ["test-workload-one", "test-workload-two"],
    ],
    stacks: {
      "test-workload-one": {
        directory: "stacks/test-workload-one",
        dependencies: ["test-identity-one", "test-images", "test-registry"],
      },
    },
  });
});
