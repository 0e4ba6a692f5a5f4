import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadConfiguration } from "../../config";
import { settingsFrom } from "../../config/settings";
import { reattachEnvironment, Rehearsal, serveProviders } from "../../rehearsal";
import { digestOfStack } from "../../synthesis/digest";
import { shardOf } from "../../synthesis/shard";
import { runProcess } from "../../terraform/process";
import { inTurn, spreadOf } from "./measure";
import { printTable, ratio, spread } from "./markdown";

const ROUNDS = 5;
const CLUSTERS = 200;
const SHARDS = [1, 2, 4, 8, 16];
/** `--parallel` of each shard. */
const AT_ONCE = 6;

/**
 * Stands in for Terraform: waits as long as the real providers make it wait, divided by a hundred (20 s a role, 4 s a password, a
 * rollout of 10 s), and needs next to no processor, as a machine that waits for a cloud.
 */
const SECONDS = { init: 0.1, plan: 0.1, identity: 0.4, workload: 0.1 };
const TERRAFORM = `#!/bin/sh
case "$2 $1" in
  init*) exec sleep ${SECONDS.init} ;;
  plan*) sleep ${SECONDS.plan}; echo "Plan: 1 to add, 0 to change, 0 to destroy."; exit 2 ;;
  apply*-identity-*) exec sleep ${SECONDS.identity} ;;
  apply*) exec sleep ${SECONDS.workload} ;;
esac
`;

/** What the command costs over bare Terraform, and what parts of a fleet gain. */
export async function runs(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-runs-"));
  try {
    await overhead();
    await shards(path.join(folder, "fleet"));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** With the real Terraform and the rehearsal's providers, in an environment that is deployed: `init` and `plan` in each stack. */
async function overhead(): Promise<void> {
  const [environment] = loadConfiguration({ ...settingsFrom({}, process.cwd()), environments: ["demo"] }).environments;
  if (!environment) throw new Error("there is no demo");
  const rehearsal = new Rehearsal({ environment, projectDirectory: process.cwd() });
  try {
    await rehearsal.deploy();
    const stacks = rehearsal.stacks.map(({ stack }) => stack);
    const servers = await serveProviders(stacks, rehearsal.clouds);
    const env = {
      ...process.env,
      ...{ CI: "", TF_BUILD: "", CHECK_PULLS: "no", CHECKPOINT_DISABLE: "1", DOCKER_REGISTRY_PASS: "unused" },
      TF_REATTACH_PROVIDERS: reattachEnvironment(servers),
      CDKTF_OUTDIR: path.join(rehearsal.folder, "cdktf.out"),
    };
    const loop = stacks
      .flatMap(({ directory }) =>
        ["init -input=false", "plan -input=false -detailed-exitcode"].map(
          (step) => `terraform -chdir=${directory} ${step}`,
        ),
      )
      .join(" && ");
    const program = path.resolve("tools/acr-pull.cjs");
    const results = await inTurn(
      "runs",
      [
        { name: "bare commands", run: () => timed(() => runProcess("sh", ["-c", loop], { env })) },
        {
          name: "acr-pull apply",
          run: () => timed(() => runProcess(process.execPath, [program, "apply", "--parallel", "1"], { env })),
        },
      ],
      ROUNDS,
    );
    for (const server of servers) server.close();
    const [bare = spreadOf([NaN]), ours = spreadOf([NaN])] = results.map(spreadOf);
    printTable(
      "The demo's four stacks, one after another, nothing to change",
      ["", "seconds", "ratio"],
      [
        ["terraform init, terraform plan", spread(bare), "1.00 ×"],
        ["acr-pull apply --parallel 1", spread(ours), ratio(ours.median, bare.median)],
      ],
      [
        {
          ...{ subject: "acr-pull apply", bound: "at most", limit: 1.1, unit: "×", reference: "bare commands" },
          value: ours.median / bare.median,
        },
      ],
    );
  } finally {
    rehearsal.close();
  }
}

async function shards(folder: string): Promise<void> {
  layOut(folder, CLUSTERS);
  const results = await inTurn(
    "runs",
    SHARDS.map((count) => ({
      name: `${count} parts`,
      run: () =>
        timed(() =>
          Promise.all(Array.from({ length: count }, (_, index) => apply(folder, "--shard", `${index + 1}/${count}`))),
        ),
    })),
    ROUNDS,
  );
  const medians = results.map((seconds) => spreadOf(seconds));
  const alone = medians[0]?.median ?? NaN;
  printTable(
    `${CLUSTERS} clusters, ${CLUSTERS * 2} stacks, in parts that are processes of this machine, waits of the providers divided by 100`,
    ["parts", "seconds", "faster", "efficiency", "largest part"],
    SHARDS.map((count, index) => {
      const own = medians[index] ?? spreadOf([NaN]);
      const largest = Math.max(...sizesOf(count));
      return [
        String(count),
        spread(own),
        ratio(alone, own.median),
        `${((100 * alone) / own.median / count).toFixed(0)} %`,
        `${largest} of ${CLUSTERS / count}`,
      ];
    }),
    [
      {
        ...{ subject: "efficiency of 4 parts", bound: "at least", limit: 0.8 },
        value: alone / (medians[2]?.median ?? NaN) / 4,
      },
    ],
  );
}

function sizesOf(count: number): number[] {
  const parts = Array.from({ length: CLUSTERS }, (_, index) => shardOf("fleet", `c${index}`, count));
  return Array.from({ length: count }, (_, index) => parts.filter((part) => part === index + 1).length);
}

function apply(folder: string, ...options: string[]) {
  const env = {
    ...process.env,
    ...{ CI: "", TF_BUILD: "", CHECK_PULLS: "no", TERRAFORM_BINARY_NAME: path.join(folder, "terraform") },
    CDKTF_OUTDIR: path.join(folder, "cdktf.out"),
  };
  const program = path.resolve("tools/acr-pull.cjs");
  const args = [program, "apply", "--parallel", String(AT_ONCE), ...options];
  return runProcess(process.execPath, args, { cwd: folder, env });
}

async function timed(
  work: () => Promise<{ code: number } | readonly { code: number; output: string }[]>,
): Promise<number> {
  const start = performance.now();
  const finished = await work();
  const failed = [finished].flat().find(({ code }) => code !== 0);
  if (failed) throw new Error(`a run failed: ${JSON.stringify(failed)}`);
  return (performance.now() - start) / 1000;
}

function layOut(folder: string, clusters: number): void {
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, "terraform"), TERRAFORM, { mode: 0o755 });
  const keys = Array.from({ length: clusters }, (_, index) => `c${index}`);
  const kinds = ["identity", "workload"] as const;
  const stacks = kinds.flatMap((kind) =>
    keys.map((cluster) => {
      const name = `fleet-${kind}-${cluster}`;
      const directory = `stacks/${name}`;
      const absolute = path.join(folder, "cdktf.out", directory);
      fs.mkdirSync(absolute, { recursive: true });
      fs.writeFileSync(path.join(absolute, "cdk.tf.json"), '{"terraform":{}}');
      const dependencies = kind === "workload" ? [`fleet-identity-${cluster}`] : [];
      return [name, { directory, dependencies, environment: "fleet", kind, cluster, digest: digestOfStack(absolute) }];
    }),
  );
  const waves = kinds.map((kind) => keys.map((key) => `fleet-${kind}-${key}`));
  fs.writeFileSync(
    path.join(folder, "cdktf.out/run-order.json"),
    JSON.stringify({ waves, stacks: Object.fromEntries(stacks) as object }),
  );
}
