import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../../config";
import { describeChanges, type Changes } from "../../synthesis/changes";
import { synthesizeAtOnce } from "../../synthesis/synthesize";
import { PROJECT, stackIn, temporaryFolder } from "../support/synthesized";

const YAML = `
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: web, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters:
  one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: pull-one } } }
  two: { kubeconfig: { context: two }, pull: { servicePrincipal: { name: pull-two } } }
workloads:
  web: { image: web, clusters: [one, two], port: 80 }
`;
const WITHOUT_TWO = YAML.replace(/^ {2}two: .*\n/m, "").replace("[one, two]", "[one]");

const settings = { projectDirectory: PROJECT, tokenTraces: false };

function synth(yaml: string, outputDirectory: string): Changes {
  const file = path.join(temporaryFolder(), "test.yaml");
  fs.writeFileSync(file, yaml);
  const all = { ...settings, outputDirectory };
  let told: Changes | undefined;
  synthesizeAtOnce(
    loadConfiguration({ ...all, environments: [file] }).environments,
    all,
    (changes) => (told = changes),
  );
  if (!told) throw new Error("nothing was told");
  return told;
}

function addresses(outdir: string, ending: string): string[] {
  return Object.entries(stackIn(outdir, ending).json.resource ?? {}).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((name) => `${type}.${name}`),
  );
}

const ALL = ["identity-one", "identity-two", "registry", "workload-one", "workload-two"].map(
  (stack) => `test-${stack}`,
);
const nothingLost = (...written: string[]): Changes => ({ gone: [], destructive: [], written });

it("says nothing of the first output, of the same again, and of what is only added or changed in place", () => {
  const outdir = temporaryFolder();
  const ofOne = ALL.filter((stack) => !stack.endsWith("-two"));
  const ofTwo = ALL.filter((stack) => stack.endsWith("-two"));
  expect(synth(WITHOUT_TWO, outdir)).toEqual(nothingLost(...ofOne));
  expect(synth(WITHOUT_TWO, outdir)).toEqual(nothingLost());
  expect(synth(YAML, outdir)).toEqual(nothingLost(...ofTwo));
  const workloads = ALL.filter((stack) => stack.includes("workload"));
  expect(synth(YAML.replace("port: 80", "port: 81"), outdir)).toEqual(nothingLost(...workloads));
});

it("says which resources a renamed workload loses and gets, in each stack that runs it", () => {
  const outdir = temporaryFolder();
  synth(YAML, outdir);
  const before = addresses(outdir, "workload-one").filter((address) => address.includes("workloads_web"));
  const changes = synth(YAML.replace("  web: { image: web, c", "  site: { image: web, c"), outdir);
  const after = addresses(outdir, "workload-one").filter((address) => address.includes("workloads_site"));
  expect([before.length, after.length]).toEqual([2, 2]);
  expect(describeChanges(changes, { ...settings, outputDirectory: outdir })).toEqual(
    ["one", "two"].map(
      (cluster) =>
        `the next apply of test-workload-${cluster} destroys ${before.join(", ")} and creates ${after.join(", ")}`,
    ),
  );
});

it("says that nothing destroys what the stacks of a removed cluster deployed", () => {
  const outdir = temporaryFolder();
  synth(YAML, outdir);
  const changes = synth(WITHOUT_TWO, outdir);
  expect(describeChanges(changes, { ...settings, outputDirectory: outdir })).toEqual([
    "test: test-identity-two, test-workload-two are no longer synthesized, and nothing destroys what was deployed. " +
      "To destroy it, put the entry back, synthesize, and run cdktf destroy before you remove it",
  ]);
});

it.each([{ environments: ["test"] }, { clusters: ["one"] }])(
  "says nothing of stacks outside of the choice %j",
  (choice) => {
    const changes = { ...nothingLost(), gone: [{ name: "test-workload-two", environment: "test" }] };
    expect(describeChanges(changes, { ...settings, ...choice, outputDirectory: "" })).toEqual([]);
  },
);

it("lists many stacks that are gone by their environments, and few of their names", () => {
  const stacks = (environment: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `${environment}-workload-c${index}`, environment }));
  const changes = { ...nothingLost(), gone: [...stacks("one", 1), ...stacks("many", 44)] };
  const lines = describeChanges(changes, { ...settings, outputDirectory: "" });
  expect(lines.map((line) => line.replace(/, and nothing.*/, ""))).toEqual([
    "one: one-workload-c0 is no longer synthesized",
    "many: many-workload-c0, many-workload-c1, many-workload-c2, many-workload-c3 and 40 more are no longer synthesized",
  ]);
});
