import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fleetOf } from "./fleet";
import { printTable } from "./markdown";
import { runNode } from "./node";
import { HEADER, measure, rowsOf } from "./synthesis";

const ROUNDS = 5;
const CLUSTERS = 1000;

/** Pictures of the demo and of a large fleet, from nothing to files. */
export async function pictures(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-pictures-"));
  try {
    const file = path.join(folder, "fleet.yaml");
    fs.writeFileSync(file, fleetOf(CLUSTERS));
    const draw = (command: string, environment: string, format: string) =>
      runNode([
        ...["tools/acr-pull.cjs", command, "--environment", environment, "--format", format],
        ...["--out", path.join(folder, `picture.${format}`)],
      ]);
    const results = await measure(
      "pictures",
      [
        { name: "`graph --format mermaid`, the demo", run: () => draw("graph", "demo", "mermaid") },
        { name: "`graph --format svg`, the demo", run: () => draw("graph", "demo", "svg") },
        { name: `\`graph --format svg\`, ${CLUSTERS} clusters`, run: () => draw("graph", file, "svg") },
        { name: `\`graph --format html\`, ${CLUSTERS} clusters`, run: () => draw("graph", file, "html") },
        { name: `\`calendar\`, ${CLUSTERS} clusters`, run: () => draw("calendar", file, "html") },
      ],
      ROUNDS,
    );
    const [first, , , page] = results;
    if (!first || !page) return;
    const subject = `graph of ${CLUSTERS} clusters as a page`;
    printTable("Pictures", HEADER, rowsOf(results, first), [
      { subject, bound: "at most", limit: 3, unit: "s", value: page.seconds.median },
    ]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
