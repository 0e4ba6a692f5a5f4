import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fleetOf } from "./fleet";
import { measure, type Measurement } from "./measure";

const ROUNDS = 5;
const FLEETS = [10, 100, 1000];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
try {
  demo();
  fleet();
} finally {
  fs.rmSync(folder, { recursive: true });
}

/** Synthesis of the demo, from nothing to files, against what no synthesis can avoid and against cdktf's template. */
function demo(): void {
  const floor = path.resolve("bench/.floor.cjs");
  fs.writeFileSync(
    floor,
    bindingModules()
      .map((module) => `require(${JSON.stringify(module)});\n`)
      .join(""),
  );
  try {
    const results = measure(
      [
        { name: "floor: Node and the same modules", args: [floor] },
        { name: "npm run synth", args: ["bin/run.cjs", "main.ts"] },
        {
          name: "npm run synth, the first time",
          args: ["bin/run.cjs", "main.ts"],
          prepare: () => {
            fs.rmSync("node_modules/.cache/acr-pull", { recursive: true, force: true });
          },
        },
        { name: "npx ts-node main.ts", args: ["node_modules/ts-node/dist/bin.js", "main.ts"] },
      ],
      ROUNDS,
    );
    print("demo, cold", results, results[0]);
  } finally {
    fs.rmSync(floor);
  }
}

/** Growth with the number of clusters, against the same constructs with cdktf's stock settings. */
function fleet(): void {
  const sizes = FLEETS.map((clusters) => {
    const file = path.join(folder, `fleet-${clusters}.yaml`);
    fs.writeFileSync(file, fleetOf(clusters));
    const env = { ENVIRONMENTS: file };
    const args = ["--max-old-space-size=16000", "bin/run.cjs", "main.ts"];
    const results = measure(
      [
        { name: `${clusters} clusters`, args, env },
        { name: `${clusters} clusters, stock settings`, args, env: { ...env, TOKEN_TRACES: "1" } },
      ],
      clusters < 1000 ? 3 : 1,
    );
    print(`${clusters} clusters with 5 workloads each`, results, results[1]);
    return { clusters, seconds: results[0]?.seconds.median ?? NaN };
  });
  const [first, last] = [sizes[1], sizes.at(-1)];
  if (!first || !last) return;
  const exponent = Math.log(last.seconds / first.seconds) / Math.log(last.clusters / first.clusters);
  console.log(`growth exponent from ${first.clusters} to ${last.clusters} clusters: ${exponent.toFixed(2)}\n`);
}

/** cdktf and every binding that our sources import. */
function bindingModules(): string[] {
  const sources = ["constructs", "stacks"].flatMap((name) =>
    fs.readdirSync(name).map((file) => fs.readFileSync(path.join(name, file), "utf8")),
  );
  const imports = sources.flatMap((source) =>
    [...source.matchAll(/^import \{.*from "(@cdktf\/[^"]+)"/gm)].map(([, module]) => module ?? ""),
  );
  return ["cdktf", ...new Set(imports)];
}

/** @param base What the ratios are to. */
function print(title: string, results: readonly Measurement[], base: Measurement | undefined): void {
  console.log(`${title}\n`);
  console.log("| | seconds | from | to | ratio | MB | ratio |\n|---|---:|---:|---:|---:|---:|---:|");
  for (const { name, seconds, megabytes } of results) {
    const times = [seconds.median, seconds.min, seconds.max].map((value) => value.toFixed(2));
    const ratios = [seconds.median / (base?.seconds.median ?? NaN), megabytes / (base?.megabytes ?? NaN)].map((value) =>
      value.toFixed(2),
    );
    console.log(`| ${[name, ...times, ratios[0], megabytes.toFixed(0), ratios[1]].join(" | ")} |`);
  }
  console.log("");
}
