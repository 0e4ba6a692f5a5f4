import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { completePublication, isBeingPublished } from "../../synthesis/publication";
import { readRunOrder } from "../../synthesis/run-order";
import { digestOfStack } from "../../synthesis/digest";
import { filesIn, synthesizeYaml, temporaryFolder } from "../support/synthesized";

const yaml = (port: number) => `
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: web, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters: { one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: pull-one } } } }
workloads: { web: { image: web, clusters: [one], port: ${port} } }
`;

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(filesIn(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

const [OLD, NEW] = [80, 81].map((port) => contents(synthesizeYaml(yaml(port))));

/** An output of port 80 with a publication of port 81 that was interrupted before any step. */
function interrupted(): string {
  const outdir = synthesizeYaml(yaml(80));
  const ready = path.join(outdir, ".publishing");
  fs.cpSync(synthesizeYaml(yaml(81)), ready, { recursive: true });
  const moves = ["stacks/test-workload-one/cdk.tf.json", "seals.json", "run-order.json"];
  fs.writeFileSync(path.join(ready, "journal.json"), JSON.stringify({ removals: [], moves }));
  return outdir;
}

function fits(outdir: string): boolean {
  const stacks = Object.values(readRunOrder(outdir)?.stacks ?? {});
  return stacks.every(({ directory, digest }) => digestOfStack(path.join(outdir, directory)) === digest);
}

describe("an interrupted publication", () => {
  it("is finished", () => {
    const outdir = interrupted();
    expect(isBeingPublished(outdir)).toBe(true);
    completePublication(outdir);
    expect(contents(outdir)).toEqual(NEW);
    expect(isBeingPublished(outdir)).toBe(false);
  });

  it("is finished from every step on, and until then the run order tells", () => {
    const outdir = interrupted();
    const file = "stacks/test-workload-one/cdk.tf.json";
    fs.renameSync(path.join(outdir, ".publishing", file), path.join(outdir, file));
    expect(fits(outdir)).toBe(false);
    completePublication(outdir);
    expect(contents(outdir)).toEqual(NEW);
    expect(fits(outdir)).toBe(true);
  });

  it("is finished where only the empty folder was left", () => {
    const outdir = synthesizeYaml(yaml(80));
    fs.mkdirSync(path.join(outdir, ".publishing"));
    completePublication(outdir);
    expect(contents(outdir)).toEqual(OLD);
  });

  it("is finished before the next one", () => {
    const outdir = interrupted();
    synthesizeYaml(yaml(80), { outdir });
    expect(contents(outdir)).toEqual(OLD);
  });

  it.each(["../victim", "/victim", "stacks/../../victim"])("removes nothing at %s", (name) => {
    const parent = temporaryFolder();
    const victim = path.join(parent, "victim");
    fs.mkdirSync(victim);
    const outdir = path.join(parent, "cdktf.out");
    fs.mkdirSync(path.join(outdir, ".publishing"), { recursive: true });
    const place = name.startsWith("/") ? victim : name;
    fs.writeFileSync(path.join(outdir, ".publishing/journal.json"), JSON.stringify({ removals: [place], moves: [] }));
    expect(() => {
      completePublication(outdir);
    }).toThrow(`${outdir}/.publishing/journal.json: must not name ${place}: remove the folder that it lies in`);
    expect(fs.existsSync(victim)).toBe(true);
  });
});

describe("what stands in the way", () => {
  it("a link instead of a stack's folder is refused, and nothing is written through it", () => {
    const outdir = synthesizeYaml(yaml(80));
    const elsewhere = temporaryFolder();
    fs.rmSync(path.join(outdir, "stacks/test-workload-one"), { recursive: true });
    fs.symlinkSync(elsewhere, path.join(outdir, "stacks/test-workload-one"));
    const before = contents(path.join(outdir, "stacks/test-registry"));
    expect(() => synthesizeYaml(yaml(81), { outdir })).toThrow(
      `${outdir}/stacks/test-workload-one: is no folder of the output, but a link or file: remove it`,
    );
    expect(fs.readdirSync(elsewhere)).toEqual([]);
    expect(contents(path.join(outdir, "stacks/test-registry"))).toEqual(before);
    expect(fs.readdirSync(outdir).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("a link instead of a file is replaced by the file", () => {
    const outdir = synthesizeYaml(yaml(80));
    const victim = path.join(temporaryFolder(), "victim");
    fs.writeFileSync(victim, "mine");
    const file = path.join(outdir, "stacks/test-workload-one/cdk.tf.json");
    fs.rmSync(file);
    fs.symlinkSync(victim, file);
    synthesizeYaml(yaml(81), { outdir });
    expect(fs.readFileSync(victim, "utf8")).toBe("mine");
    expect(contents(outdir)).toEqual(NEW);
  });

  it("a folder instead of a file is refused", () => {
    const outdir = synthesizeYaml(yaml(80));
    fs.rmSync(path.join(outdir, "manifest.json"));
    fs.mkdirSync(path.join(outdir, "manifest.json"));
    expect(() => synthesizeYaml(yaml(80), { outdir })).toThrow(
      `${outdir}/manifest.json: is a folder, and has to be a file: remove it`,
    );
  });

  it.each(["", "{}", "null", '{"stacks":{"x":{"name":"x","workingDirectory":"../victim","dependencies":[]}}}'])(
    "a manifest %j is replaced, and deletes nothing",
    (text) => {
      const parent = temporaryFolder();
      fs.mkdirSync(path.join(parent, "victim"));
      const outdir = path.join(parent, "cdktf.out");
      synthesizeYaml(yaml(80), { outdir });
      fs.writeFileSync(path.join(outdir, "manifest.json"), text);
      synthesizeYaml(yaml(81), { outdir });
      expect(contents(outdir)).toEqual(NEW);
      expect(fs.existsSync(path.join(parent, "victim"))).toBe(true);
    },
  );

  it("folders of killed runs go, those of others stay", () => {
    const outdir = synthesizeYaml(yaml(80));
    const { pid } = spawnSync("true");
    const [dead, alive] = [pid, process.ppid].map((id) => path.join(outdir, `.staging-${id}-x`));
    for (const folder of [dead, alive]) fs.mkdirSync(folder ?? "");
    synthesizeYaml(yaml(80), { outdir });
    expect([dead, alive].map((folder) => fs.existsSync(folder ?? ""))).toEqual([false, true]);
  });
});
