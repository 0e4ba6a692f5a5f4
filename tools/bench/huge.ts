import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fleetOf } from "./fleet";
import { printTable } from "./markdown";
import { runNode } from "./node";
import { HEADER, measure, rowsOf } from "./synthesis";

const SIZES = [1000, 10_000] as const;

/** Ten times as much as anybody has: whether time and memory still grow as they did. Once each, since it takes minutes. */
export async function huge(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
  try {
    const title = "10,000 clusters with 5 workloads each";
    const results = await measure(
      title,
      SIZES.map((clusters) => {
        const file = path.join(folder, `fleet-${clusters}.yaml`);
        fs.writeFileSync(file, fleetOf(clusters));
        const run = () => runNode(["tools/run.cjs", "main.ts"], { ENVIRONMENTS: file });
        return { name: `${clusters.toLocaleString("en-US")} clusters`, run };
      }),
      1,
    );
    const [small, large] = results;
    if (!small || !large) return;
    const exponent = Math.log(large.seconds.median / small.seconds.median) / Math.log(SIZES[1] / SIZES[0]);
    printTable(title, HEADER, rowsOf(results, small), [
      { subject: "growth exponent from 1,000 clusters", bound: "at most", limit: 1.1, value: exponent },
      { subject: "peak memory", bound: "at most", limit: 600, unit: "MB", value: large.megabytes.median },
    ]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
