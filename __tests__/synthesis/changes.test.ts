import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../../config";
import { describeChanges, type Changes } from "../../synthesis/changes";
import { synthesize } from "../../synthesis/synthesize";
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
  return synthesize(loadConfiguration({ ...all, environments: [file] }).environments, all);
}

function addresses(outdir: string, ending: string): string[] {
  return Object.entries(stackIn(outdir, ending).json.resource ?? {}).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((name) => `${type}.${name}`),
  );
}

const NOTHING = { goneStacks: [], stacks: [] };

it("says nothing of the first output, of the same again, and of what is only added or changed in place", () => {
  const outdir = temporaryFolder();
  expect(synth(WITHOUT_TWO, outdir)).toEqual(NOTHING);
  expect(synth(WITHOUT_TWO, outdir)).toEqual(NOTHING);
  expect(synth(YAML, outdir)).toEqual(NOTHING);
  expect(synth(YAML.replace("port: 80", "port: 81"), outdir)).toEqual(NOTHING);
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
    "test-identity-two, test-workload-two: no longer synthesized, and nothing destroys what was deployed. " +
      "To destroy it, put the entry back, synthesize, and run cdktf destroy before you remove it",
  ]);
});

it.each([{ environments: ["test"] }, { clusters: ["one"] }])(
  "says nothing of stacks outside of the choice %j",
  (choice) => {
    const changes = { goneStacks: ["test-workload-two"], stacks: [] };
    expect(describeChanges(changes, { ...settings, ...choice, outputDirectory: "" })).toEqual([]);
  },
);
