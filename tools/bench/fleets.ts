import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fleetOf } from "./fleet";
import { printTable, type Goal } from "./markdown";
import { runNode, type NodeRun } from "./node";
import { HEADER, measure, rowsOf } from "./synthesis";

const ROUNDS = 3;
const SIZES = [10, 100, 1000];
/** A cluster in the middle of the largest fleet. */
const ONE_CLUSTER = "c500";

/** Growth with the number of clusters, against the same constructs with cdktf's stock settings: one process, with traces. */
export async function fleets(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
  try {
    let smaller: Fleet | undefined;
    for (const clusters of SIZES) {
      const file = path.join(folder, `fleet-${clusters}.yaml`);
      fs.writeFileSync(file, fleetOf(clusters));
      smaller = await wholeFleet(file, clusters, smaller);
      if (clusters === SIZES.at(-1)) await oneCluster(file, clusters);
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

interface Fleet {
  readonly clusters: number;
  readonly seconds: number;
}

/** @param smaller The fleet that growth is measured from. */
async function wholeFleet(file: string, clusters: number, smaller: Fleet | undefined): Promise<Fleet> {
  const title = `${clusters} clusters with 5 workloads each`;
  const results = await measure(
    title,
    [
      { name: "stock settings", run: () => synthesize(file, { TOKEN_TRACES: "1" }) },
      { name: "`npm run synth`", run: () => synthesize(file) },
    ],
    ROUNDS,
  );
  const [stock, ours] = results;
  if (!stock || !ours) throw new Error(`${title}: nothing was measured`);
  const seconds = ours.seconds.median;
  const thanStock = { subject: "`npm run synth`", bound: "at least", unit: "×" } as const;
  const [faster, leaner] = clusters < 1000 ? [3, 4] : [6, 6];
  const goals: Goal[] = [
    { ...thanStock, limit: faster, reference: "faster than stock", value: stock.seconds.median / seconds },
    {
      ...{ ...thanStock, limit: leaner, reference: "leaner than stock" },
      value: stock.megabytes.median / ours.megabytes.median,
    },
  ];
  if (smaller) {
    const value = Math.log(seconds / smaller.seconds) / Math.log(clusters / smaller.clusters);
    const subject = `growth exponent from ${smaller.clusters} clusters`;
    goals.push({ subject, bound: "at most", limit: 1.1, value });
  }
  printTable(title, HEADER, rowsOf(results, stock), goals);
  return { clusters, seconds };
}

/** What an edit of one cluster costs in a large file. */
async function oneCluster(file: string, clusters: number): Promise<void> {
  const title = `One cluster of ${clusters}`;
  const results = await measure(
    title,
    [
      { name: "the whole file", run: () => synthesize(file) },
      { name: `\`CLUSTERS=${ONE_CLUSTER}\``, run: () => synthesize(file, { CLUSTERS: ONE_CLUSTER }) },
    ],
    ROUNDS,
  );
  const [whole] = results;
  if (whole) printTable(title, HEADER, rowsOf(results, whole), []);
}

function synthesize(file: string, env: Readonly<Record<string, string>> = {}): Promise<NodeRun> {
  return runNode(["tools/run.cjs", "main.ts"], { ENVIRONMENTS: file, ...env });
}
