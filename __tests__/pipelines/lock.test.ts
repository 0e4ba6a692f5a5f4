import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { lockFileOf } from "../../runs/lock-files";
import { terraformBinary } from "../../terraform/terraform";
import { rehearsalOf } from "../rehearsal/rehearsals";
import { environmentFrom } from "../support/environment";
import { temporaryFolder } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { pipelineOf } from "./pipeline";
import { addToMirror, PLATFORMS } from "./provider-mirror";

/** Two clusters, whose stacks require the same, one by one. */
const ENVIRONMENT = environmentFrom(`
providers: { azurerm: ">= 4.55.0, < 5.0.0", azuread: "3.7.0", kubernetes: "~> 2.38", docker: "< 4.0.0" }
registry: { name: acrdemo2ss, resourceGroup: acr-rg2, location: centralus, sku: Basic }
images: { web: { repository: web, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters:
  blue: { kubeconfig: { context: blue }, pull: { servicePrincipal: { name: pull-blue } } }
  green: { kubeconfig: { context: green }, pull: { servicePrincipal: { name: pull-green } } }
workloads: { web: { image: web, clusters: [blue, green], port: 8080 } }
`);
const NEWEST = { azurerm: "4.60.1", azuread: "3.7.0", kubernetes: "2.39.0", docker: "3.6.2" };
const OTHERS = { azurerm: ["4.55.0", "5.0.0"], azuread: ["3.8.0"], kubernetes: ["2.38.0", "3.0.0"], docker: ["4.0.0"] };
const SOURCES = {
  azurerm: "hashicorp/azurerm",
  azuread: "hashicorp/azuread",
  kubernetes: "hashicorp/kubernetes",
  docker: "kreuzwerker/docker",
};
/** The lock file that a provider is in, where it is not in one of its own. */
const LOCKS: Readonly<Record<string, string>> = { azuread: "azuread-azurerm" };
/** Installs in every stack; the packages are made up, and so no plan comes of it. */
const INSTALL_ALL = "npx acr-pull plan --parallel 1 || true";

const sha256 = (text: string) => createHash("sha256").update(text);

/** Terraform's checksum of a package that holds one program. */
function h1(program: string, content: string): string {
  const list = `${sha256(content).digest("hex")}  ${program}\n`;
  return `h1:${sha256(list).digest("base64")}`;
}

describeWithTools(["terraform", "bash"], "acr-pull lock, with a mirror of providers", () => {
  const pipeline = pipelineOf(rehearsalOf({ environment: ENVIRONMENT }));
  const { folder } = pipeline.rehearsal;
  const mirror = temporaryFolder();
  const configuration = path.join(temporaryFolder(), "terraform.rc");
  const run = (line: string) =>
    pipeline.run(`set -euo pipefail; ${line}`, {
      ...{ TERRAFORM_BINARY_NAME: terraformBinary(), TF_CLI_CONFIG_FILE: configuration },
    });
  const lockFiles = () => fs.readdirSync(path.join(folder, "locks")).sort();
  const lockOf = (providers: string) =>
    lockFiles().find((name) => name.replace(/-[0-9a-f]{8}\.hcl$/, "") === providers) ?? "";
  /** As on a runner that has run nothing yet. */
  const forgetInstallations = () => {
    for (const { stack } of pipeline.rehearsal.stacks) {
      for (const name of [".terraform", ".terraform.lock.hcl"])
        fs.rmSync(path.join(stack.directory, name), { recursive: true, force: true });
    }
  };

  beforeAll(async () => {
    fs.writeFileSync(configuration, `provider_installation { filesystem_mirror { path = "${mirror}" } }\n`);
    for (const [name, source] of Object.entries(SOURCES) as [keyof typeof SOURCES, string][]) {
      for (const version of [NEWEST[name], ...OTHERS[name]]) addToMirror(mirror, source, version);
    }
    expect(await run(`npx acr-pull lock --fs-mirror ${mirror}`)).toMatchObject({ code: 0, stderr: "" });
  });

  beforeEach(forgetInstallations);

  it("writes one file for all stacks that require the same", () => {
    expect(pipeline.rehearsal.stacks).toHaveLength(6);
    const hash = "[0-9a-f]{8}\\.hcl$";
    expect(lockFiles()).toEqual(
      ["azuread-azurerm", "azurerm", "docker", "kubernetes"].map(
        (providers) => expect.stringMatching(new RegExp(`^${providers}-${hash}`)) as string,
      ),
    );
  });

  it.each(Object.entries(NEWEST))("chooses %s %s, the newest that is accepted, for all platforms", (name, version) => {
    const text = fs.readFileSync(path.join(folder, "locks", lockOf(LOCKS[name] ?? name)), "utf8");
    const block = new RegExp(`^provider "registry.terraform.io/[a-z]+/${name}" {$(.*?)^}$`, "ms").exec(text)?.[1] ?? "";
    expect(block).toContain(`version     = "${version}"`);
    expect((block.match(/h1:[^"]+/g) ?? []).sort()).toEqual(
      PLATFORMS.map((platform) =>
        h1(
          `terraform-provider-${name}_v${version}${platform.startsWith("windows") ? ".exe" : ""}`,
          `${platform} ${version}`,
        ),
      ).sort(),
    );
  });

  it("makes the other scripts install what it chose", async () => {
    const { stdout } = await run(INSTALL_ALL);
    expect([...new Set(stdout.match(/(?<=^- Installed ).* v[\d.]+/gm))].sort()).toEqual(
      Object.entries(SOURCES)
        .map(([name, source]) => `${source} v${NEWEST[name as keyof typeof NEWEST]}`)
        .sort(),
    );
  });

  it("pins: a newer version that comes afterwards is installed by nobody, until it is run again", async () => {
    addToMirror(mirror, SOURCES.kubernetes, "2.40.0");
    expect((await run(INSTALL_ALL)).stdout).not.toContain("2.40.0");

    expect(await run(`npx acr-pull lock --fs-mirror ${mirror}`)).toMatchObject({ code: 0 });
    forgetInstallations();
    expect((await run(INSTALL_ALL)).stdout).toContain("Installed hashicorp/kubernetes v2.40.0");
  });

  it("makes them refuse a package whose content is another", async () => {
    addToMirror(mirror, SOURCES.azuread, NEWEST.azuread, "something else");
    const { stdout } = await run(INSTALL_ALL);
    expect(stdout.replace(/\s+/g, " ")).toMatch(
      /hashicorp\/azuread 3\.7\.0 doesn't match any of the checksums previously recorded in the dependency lock file/,
    );
    addToMirror(mirror, SOURCES.azuread, NEWEST.azuread);
  });

  it("makes them install nothing that it did not write down", async () => {
    const file = path.join(folder, "locks", lockOf("docker"));
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, "");
    const { code, stdout } = await run("npx acr-pull plan --kind images");
    expect(code).toBe(1);
    expect(stdout).toContain("Provider dependency changes detected");
    fs.writeFileSync(file, text);
  });

  it("has to be run again when a stack requires something else", async () => {
    const name = lockOf("docker");
    fs.renameSync(path.join(folder, "locks", name), path.join(folder, "docker"));
    expect(await run("npx acr-pull plan --kind images")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(
        `demo-images needs locks/${name}, which is not there: run acr-pull lock and commit what it writes\n`,
      ) as string,
    });
    fs.renameSync(path.join(folder, "docker"), path.join(folder, "locks", name));
  });

  it("keeps what was there when it fails", async () => {
    const before = lockFiles();
    expect(await run("npx acr-pull lock --fs-mirror /nowhere")).toMatchObject({ code: 1 });
    expect(lockFiles()).toEqual(before);
  });

  it("names the same file for the same providers and versions in another environment, and another for others", () => {
    const name = (yaml: string) => {
      const [stack] = rehearsalOf({ environment: environmentFrom(yaml) }).stacks;
      return lockFileOf(stack?.stack.json.terraform.required_providers ?? {});
    };
    const registry = (providers: string) => `
providers: ${providers}
registry: { name: otherregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: {}
clusters: {}
workloads: {}
`;
    const own = `locks/${lockOf("azurerm")}`;
    expect(name(registry('{ azurerm: ">= 4.55.0, < 5.0.0", docker: "< 3" }'))).toBe(own);
    expect(name(registry('{ azurerm: "~> 4.55" }'))).not.toBe(own);
  });
});
