import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadConfiguration } from "../../config";
import { settingsFrom } from "../../config/settings";
import { reattachEnvironment, Rehearsal, serveProviders } from "../../rehearsal";
import { digestOfStack } from "../../synthesis/digest";
import { shardOf } from "../../config/shard";
import { runProcess, type ProcessOptions } from "../../terraform/process";
import { inTurn, spreadOf, type Spread } from "./measure";
import { printTable, ratio, spread, type Goal } from "./markdown";
import { watchMemory } from "./memory";

const ROUNDS = 5;
const CLUSTERS = 200;
const SHARDS = [1, 2, 4, 8, 16];
const MEMORY_CLUSTERS = [50, 250, 1000];
const SMALL_HEAP = "--max-old-space-size=30 --max-semi-space-size=2";
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

/** What the command costs over bare Terraform, in time and in memory, and what parts of a fleet gain. */
export async function runs(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-runs-"));
  try {
    await overhead();
    await memory(folder);
    await shards(path.join(folder, "fleet"));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** With the real Terraform and the rehearsal's providers, in environments that are deployed: `init` and `plan` in each stack. */
async function overhead(): Promise<void> {
  const rows: string[][] = [];
  const goals: Goal[] = [];
  for (const name of ["demo", "examples/fleet.yaml"]) {
    const { stacks, bare, ours } = await besideBareCommands(name);
    rows.push([name, String(stacks), spread(bare), spread(ours), ratio(ours.median, bare.median)]);
    const subject = `acr-pull apply in ${stacks} stacks`;
    goals.push({
      ...{ subject, bound: "at most", limit: 1.1, unit: "×", reference: "bare commands" },
      value: ours.median / bare.median,
    });
  }
  const header = ["", "stacks", "terraform init, terraform plan", "acr-pull apply --parallel 1", "ratio"];
  printTable("Stacks one after another, nothing to change, seconds", header, rows, goals);
}

async function besideBareCommands(
  name: string,
): Promise<{ readonly stacks: number; readonly bare: Spread; readonly ours: Spread }> {
  const [environment] = loadConfiguration({ ...settingsFrom({}, process.cwd()), environments: [name] }).environments;
  if (!environment) throw new Error(`there is no ${name}`);
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
      `runs, ${name}`,
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
    return { stacks: stacks.length, bare, ours };
  } finally {
    rehearsal.close();
  }
}

/** With a Terraform that says at once that nothing is to do, and a heap that leaves no garbage lying: what is left is what the command needs. */
async function memory(folder: string): Promise<void> {
  const peaks = await inTurn(
    "runs, memory",
    MEMORY_CLUSTERS.map((clusters) => {
      const own = path.join(folder, `memory-${clusters}`);
      layOut(own, clusters, "#!/bin/sh\n");
      return {
        name: `${clusters * 2} stacks`,
        run: async () => {
          let end: (() => number) | undefined;
          const { code } = await apply(own, [], {
            env: { NODE_OPTIONS: SMALL_HEAP },
            onStart: (pid) => (end = watchMemory(pid)),
          });
          if (code !== 0) throw new Error("a run failed");
          return end?.() ?? NaN;
        },
      };
    }),
    3,
  );
  const spreads = peaks.map(spreadOf);
  printTable(
    "Memory of acr-pull apply, with what it starts",
    ["stacks", "MB"],
    MEMORY_CLUSTERS.map((clusters, index) => [String(clusters * 2), spread(spreads[index] ?? spreadOf([NaN]), 0)]),
    [
      {
        ...{
          subject: `memory of ${2 * (MEMORY_CLUSTERS.at(-1) ?? 0)} stacks`,
          bound: "at most",
          limit: 1.5,
          unit: "×",
        },
        reference: `that of ${2 * (MEMORY_CLUSTERS[0] ?? 0)}`,
        value: (spreads.at(-1)?.median ?? NaN) / (spreads[0]?.median ?? NaN),
      },
    ],
  );
}

async function shards(folder: string): Promise<void> {
  layOut(folder, CLUSTERS, TERRAFORM);
  const results = await inTurn(
    "runs",
    SHARDS.map((count) => ({
      name: `${count} parts`,
      run: () =>
        timed(() =>
          Promise.all(Array.from({ length: count }, (_, index) => apply(folder, ["--shard", `${index + 1}/${count}`]))),
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

function apply(
  folder: string,
  options: readonly string[],
  { env: more = {}, ...processOptions }: Pick<ProcessOptions, "env" | "onStart"> = {},
) {
  const env = {
    ...process.env,
    ...{ CI: "", TF_BUILD: "", CHECK_PULLS: "no", TERRAFORM_BINARY_NAME: path.join(folder, "terraform") },
    CDKTF_OUTDIR: path.join(folder, "cdktf.out"),
    ...more,
  };
  const program = path.resolve("tools/acr-pull.cjs");
  const args = [program, "apply", "--parallel", String(AT_ONCE), ...options];
  return runProcess(process.execPath, args, { cwd: folder, env, ...processOptions });
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

/** @param terraform Program that stands in for it. */
function layOut(folder: string, clusters: number, terraform: string): void {
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, "terraform"), terraform, { mode: 0o755 });
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
