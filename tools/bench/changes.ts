import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fleetOf } from "./fleet";
import { printTable } from "./markdown";
import { runNode, type NodeRun } from "./node";
import { HEADER, measure, rowsOf } from "./synthesis";

const ROUNDS = 3;
const CLUSTERS = 1000;
const FLEET = fleetOf(CLUSTERS);

/** Each pair differs in what has changed since the last run. */
const EDITS = {
  nothing: [FLEET, FLEET],
  "one cluster": [FLEET, FLEET.replace("context: c500 ", "context: moved ")],
  "a default": [600, 601].map((seconds) => `defaults: { workloads: { rolloutDeadlineSeconds: ${seconds} } }\n${FLEET}`),
} as const;

/** What a synthesis costs where there is an output already, by what has changed since. */
export async function changes(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
  try {
    const title = `${CLUSTERS} clusters with 5 workloads each, again`;
    console.error(`${title}: the output that is there`);
    const whole = new Output(path.join(folder, "whole"), [FLEET]);
    await whole.synthesize();
    const edited = Object.entries(EDITS).map(([name, texts]) => ({
      name,
      output: whole.copy(path.join(folder, name), texts),
    }));
    for (const { output } of edited) await output.synthesize();
    const results = await measure(
      title,
      [
        { name: "all, `--fresh`", run: () => whole.synthesize({ FRESH: "1" }) },
        ...edited.map(({ name, output }) => ({ name: `changed: ${name}`, run: () => output.synthesize() })),
      ],
      ROUNDS,
    );
    const [all, nothing, one, shared] = results;
    if (!all || !nothing || !one || !shared) return;
    printTable(title, HEADER, rowsOf(results, all), [
      { subject: "nothing changed", bound: "at most", limit: 1, unit: "s", value: nothing.seconds.median },
      { subject: "one cluster changed", bound: "at most", limit: 2, unit: "s", value: one.seconds.median },
      {
        ...{ subject: "a default changed", bound: "at most", limit: 1.2, unit: "×", reference: "all" },
        value: shared.seconds.median / all.seconds.median,
      },
    ]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** An output folder, and the files that are synthesized to it in turn. */
class Output {
  private runs = 0;

  constructor(
    private readonly folder: string,
    private readonly texts: readonly string[],
  ) {
    fs.mkdirSync(folder, { recursive: true });
  }

  /** The same output in another folder, for other files. */
  copy(folder: string, texts: readonly string[]): Output {
    fs.cpSync(this.folder, folder, { recursive: true });
    return new Output(folder, texts);
  }

  synthesize(env: Readonly<Record<string, string>> = {}): Promise<NodeRun> {
    const file = path.join(this.folder, "fleet.yaml");
    fs.writeFileSync(file, this.texts[this.runs++ % this.texts.length] ?? "");
    return runNode(["tools/run.cjs", "main.ts"], {
      ENVIRONMENTS: file,
      CDKTF_OUTDIR: path.join(this.folder, "out"),
      ...env,
    });
  }
}
