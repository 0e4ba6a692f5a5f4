import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Report } from "../../rehearsal";
import { PROJECT, temporaryFolder } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { childrenOf, isRunning, listeningAddresses } from "../rehearsal/processes";

const COMMAND = ["tools/acr-pull.cjs", "rehearse"];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Temporary folder that only the command used. */
  readonly tmp: string;
}

function start(args: readonly string[], variables: Record<string, string> = {}) {
  const tmp = temporaryFolder();
  const env = { ...process.env, TMPDIR: tmp, ...variables };
  return { tmp, child: spawn(process.execPath, [...COMMAND, ...args], { cwd: PROJECT, env }) };
}

async function rehearse(args: readonly string[], variables?: Record<string, string>): Promise<Ended> {
  const { tmp, child } = start(args, variables);
  return { tmp, ...(await ended(child)) };
}

async function ended(child: ChildProcess): Promise<Omit<Ended, "tmp">> {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) child[name]?.on("data", (data) => (output[name] += String(data)));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, ...output };
}

function fileWith(workload: string): string {
  const file = path.join(temporaryFolder(), "shop.yaml");
  fs.writeFileSync(
    file,
    `
registry: { name: shopregistry, resourceGroup: shop-rg, location: westeurope, sku: Basic }
images: { web: { repository: web, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters: { one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: shop-one } } } }
workloads: { web: { image: web, clusters: [one], namespace: shop, port: 8080, ${workload} } }
`,
  );
  return file;
}

describeWithTools(["terraform"], "acr-pull rehearse", () => {
  it("passes the demo, tells what was achieved, and leaves no file", async () => {
    const { code, stdout, stderr, tmp } = await rehearse(["--environment", "demo", "--at", "2026-01-31"]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^stack +resources +seconds\n(demo-\S+ +\d+ +\d+\.\d\n){4}\nimage /m);
    expect(stdout).toMatch(
      /^pull {5}aksdemo2 pulls as \S+, AcrPull on acrdemo2ss; until 2026-\S+, apply again before 2026-\S+$/m,
    );
    expect(stdout).toMatch(/^pods {5}aksdemo2: default\/acr-app2 runs 1 of 1 at 20\.\S+$/m);
    expect(stdout).toMatch(/^destroy {2}nothing is left\n\npassed demo in \d+\.\d s\n$/m);
    expect(fs.readdirSync(tmp)).toEqual([]);
  });

  it("rehearses the chosen cluster alone, by the cdktf command too", async () => {
    const one = ["--json", "--environment", "examples/pull-methods.yaml", "--cluster", "others"];
    const expected = ["registry", "images", "workload-others"].map((kind) => `pull-methods-${kind}`);
    for (const args of [one, [...one, "--cdktf"]]) {
      const { code, stdout } = await rehearse(args);
      const [report] = JSON.parse(stdout) as Report[];
      expect([code, report?.passed]).toEqual([0, true]);
      expect(report?.stacks.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
    }
  });

  it("writes a page that nobody else may read, with --report, and prints the same as without", async () => {
    const file = path.join(temporaryFolder(), "report.html");
    const { code, stdout, stderr } = await rehearse(["--environment", fileWith(""), "--report", file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("passed shop in ");
    expect(fs.readFileSync(file, "utf8")).toMatch(/^<!doctype html>\n[^]*shop: the rehearsal[^]*<\/html>\n$/);
    expect(fs.statSync(file).mode & 0o077).toBe(0);
  });

  it("says before it begins that it cannot write the page", async () => {
    const { code, stdout, stderr } = await rehearse(["--report", "/no/such/folder/report.html"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe("ENOENT: no such file or directory, access '/no/such/folder'\n");
  });

  it("prints one JSON report an environment, and nothing else, with --json", async () => {
    const fault = ["--fault", "429:azurerm_role_assignment:create"];
    const { code, stdout, stderr } = await rehearse(["--json", "--environment", fileWith(""), ...fault]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const reports = JSON.parse(stdout) as Report[];
    expect(reports).toEqual([
      {
        environment: "shop",
        passed: true,
        seconds: expect.any(Number) as number,
        stacks: ["shop-registry", "shop-identity-one", "shop-workload-one"].map((name) => ({
          ...{ name, resources: expect.any(Number) as number, seconds: expect.any(Number) as number },
        })),
        story: { images: [expect.anything()], probes: [], pulls: [expect.anything()], workloads: [expect.anything()] },
        warnings: [],
        faults: ["create of azurerm_role_assignment failed, and the next run converged"],
        leftovers: [],
        outages: [],
      },
    ]);
  });

  it("fails where a fault strikes nothing, and says what there was to strike", async () => {
    const { code, stderr, stdout } = await rehearse([
      "--environment",
      fileWith(""),
      "--fault",
      "429:azurerm_kubernetes_cluster",
    ]);
    expect(stdout).toContain("passed shop in ");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^--fault 429:azurerm_kubernetes_cluster struck nothing; these operations there were: azuread_application:create, [^\n]*kubernetes_service_v1:read\n$/,
    );
  });

  it("says stack, step, resource and cause first where it fails, and where the log is", async () => {
    const file = fileWith('nodeSelector: { kubernetes.io/os: "windows" }');
    const { code, stdout, tmp } = await rehearse(["--environment", file]);
    expect(code).toBe(1);
    const report = stdout.slice(stdout.indexOf("FAILED"));
    expect(report).toMatch(
      /^FAILED shop-workload-one apply: kubernetes_deployment_v1\.\S+\n {2}Deployment exceeded its progress deadline\n( {2}.*\n)* {2}Unschedulable: 0\/1 nodes are available: .*\n {2}correct nodeSelector .*\(docs\/troubleshooting\.md#pod-unschedulable\)\n\nstack /,
    );
    const [, log = ""] = /\n\nfailed shop in \d+\.\d s\nTerraform's output: (.*)\n+$/.exec(report) ?? [];
    expect(log.startsWith(tmp)).toBe(true);
    expect(fs.readFileSync(log, "utf8")).toMatch(
      /^\$ terraform -chdir=shop-workload-one apply .*Deployment exceeded its progress deadline/ms,
    );
  });

  it("leaves states and log with --keep", async () => {
    const { code, stdout, tmp } = await rehearse(["--keep", "--environment", fileWith("")]);
    expect(code).toBe(0);
    const [folder = ""] = fs.readdirSync(tmp);
    expect(fs.readdirSync(path.join(tmp, folder)).sort()).toEqual([
      ...["cdktf.out", "terraform.log"],
      ...["identity-one", "registry", "workload-one"].map((stack) => `terraform.shop-${stack}.tfstate`),
    ]);
    expect(stdout).toContain(`Terraform's output: ${path.join(tmp, folder, "terraform.log")}\n`);
  });

  it("leaves nothing that others may read", async () => {
    const { tmp } = await rehearse(["--keep", "--environment", fileWith("")]);
    const open = fs
      .readdirSync(tmp, { recursive: true, withFileTypes: true })
      .filter((entry) => (fs.lstatSync(path.join(entry.parentPath, entry.name)).mode & 0o077) !== 0)
      .map(({ name }) => name)
      // Terraform's own are made for everybody, in a folder that is for nobody else.
      .filter((name) => /tfstate|tfplan|\.log$|cdk\.tf\.json/.test(name));
    expect(open).toEqual([]);
  });

  it("runs a binary with another name", async () => {
    const terraform = spawnSync("sh", ["-c", "command -v terraform"], { encoding: "utf8" }).stdout.trim();
    const tofu = path.join(temporaryFolder(), "tofu");
    fs.symlinkSync(terraform, tofu);
    const { code, stdout } = await rehearse(["--environment", fileWith("")], { TERRAFORM_BINARY_NAME: tofu });
    expect(stdout).toContain("passed shop in ");
    expect(code).toBe(0);
  });

  it("deploys and destroys by the user's own command with --cdktf", async () => {
    const { code, stdout, tmp } = await rehearse(["--cdktf", "--environment", "demo"]);
    expect(stdout).toMatch(/^pods {5}aksdemo2: default\/acr-app2 runs 1 of 1 at /m);
    expect(stdout).toMatch(/^destroy {2}nothing is left$/m);
    expect(code).toBe(0);
    expect(fs.readdirSync(tmp)).toEqual([]);
  });

  it("listens on loopback only, and ends all that it started on Ctrl-C", async () => {
    const { child, tmp } = start(["--environment", "demo"]);
    const end = ended(child);
    const pid = child.pid ?? 0;
    const family = () => [pid, ...childrenOf(pid)];
    while (family().length < 2 || family().flatMap(listeningAddresses).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const started = family();
    const addresses = started.flatMap(listeningAddresses);
    expect([...new Set(addresses.map((address) => address.replace(/:\d+$/, "")))]).toEqual(["127.0.0.1"]);

    child.kill("SIGINT");
    expect((await end).code).toBe(130);
    expect(started.filter(isRunning)).toEqual([]);
    expect(fs.readdirSync(tmp)).toEqual([]);
  });
});

describe("acr-pull rehearse with what it cannot use", () => {
  it("prints one line a problem of an environment file, and exits with 1", async () => {
    const file = fileWith("colour: red, replicas: -1");
    const { code, stdout, stderr } = await rehearse(["--environment", file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^\S*shop\.yaml:5:\d+ workloads\.web\.(colour|replicas) /);
  });

  it.each([
    [
      ["--at", "yesterday"],
      "error: option '--at <date>' argument 'yesterday' is invalid. It must be a date from 2020 on, such as 2026-01-31 or 2026-01-31T12:00:00Z, got: \"yesterday\"",
    ],
    [
      ["--at", "2019-12-31"],
      "error: option '--at <date>' argument '2019-12-31' is invalid. It must be a date from 2020 on, such as 2026-01-31 or 2026-01-31T12:00:00Z, got: \"2019-12-31\"",
    ],
    [
      ["--fault", "404"],
      `error: option '--fault <fault>' argument '404' is invalid. --fault must be <429|500|timeout|cut|kill|lost>[:<resource type>[:<create|read|update|delete|read-data|open>[:<times>]]] or away, got: "404"`,
    ],
    [["--fast"], "error: unknown option '--fast'\n(Did you mean one of --at, --fault?)"],
    [["--cluter", "x"], "error: unknown option '--cluter'\n(Did you mean --cluster?)"],
    [["demo"], "error: too many arguments. Expected 0 arguments but got 1."],
  ])("refuses %j, with what was meant", async (args, message) => {
    const { code, stdout, stderr } = await rehearse(args);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `${message}\n` });
  });

  it("says in one line that the binary is missing, and what to do", async () => {
    const { code, stdout, stderr, tmp } = await rehearse([], { TERRAFORM_BINARY_NAME: "does-not-exist" });
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "does-not-exist is not on the PATH: install Terraform 1.5 or later (https://developer.hashicorp.com/terraform/install), or name another binary, such as tofu, in TERRAFORM_BINARY_NAME\n",
    });
    expect(fs.readdirSync(tmp)).toEqual([]);
  });

  it("explains itself with --help", async () => {
    const { code, stdout } = await rehearse(["--help"]);
    expect(code).toBe(0);
    for (const option of ["environment", "at", "fault", "cdktf", "keep", "report", "json"])
      expect(stdout).toContain(`  --${option} `);
  });
});
