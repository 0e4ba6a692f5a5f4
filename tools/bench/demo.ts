import fs from "node:fs";
import path from "node:path";
import { printTable } from "./markdown";
import { runNode } from "./node";
import { HEADER, measure, rowsOf } from "./synthesis";

const ROUNDS = 9;

/** Synthesis of the demo, from nothing to files, against what no synthesis can avoid and against cdktf's template. */
export async function demo(): Promise<void> {
  const floorFile = path.resolve("tools/bench/.floor.cjs");
  const modules = bindingModules().map((module) => `require(${JSON.stringify(module)});\n`);
  fs.writeFileSync(floorFile, modules.join(""));
  try {
    const results = await measure(
      "demo",
      [
        { name: "floor: Node and the same modules", run: () => runNode([floorFile]) },
        { name: "`npm run synth`", run: () => runNode(["tools/run.cjs", "main.ts"]) },
        {
          name: "`npm run synth`, the first time",
          run: async () => {
            fs.rmSync("node_modules/.cache/acr-pull", { recursive: true, force: true });
            const first = await runNode(["tools/run.cjs", "main.ts"]);
            // What other candidates run is made by the second run.
            await runNode(["tools/run.cjs", "main.ts"]);
            return first;
          },
        },
        {
          name: "`npm run synth`, the second time",
          run: async () => {
            fs.rmSync("node_modules/.cache/acr-pull", { recursive: true, force: true });
            await runNode(["tools/run.cjs", "main.ts"]);
            return runNode(["tools/run.cjs", "main.ts"]);
          },
        },
        // What the template of `cdktf init` runs, without npx's own time.
        { name: "`npx ts-node main.ts`", run: () => runNode(["node_modules/ts-node/dist/bin.js", "main.ts"]) },
      ],
      ROUNDS,
    );
    const [floor, synth, first, , template] = results;
    if (!floor || !synth || !first || !template) return;
    const seconds = synth.seconds.median;
    const [slowdown, speedup] = [seconds / floor.seconds.median, template.seconds.median / seconds];
    const subject = "`npm run synth`";
    printTable("Synthesis of the demo, cold", HEADER, rowsOf(results, floor), [
      { subject, bound: "at most", limit: 1.5, unit: "×", reference: "the floor", value: slowdown },
      {
        ...{ subject: `${subject}, the first time`, bound: "at most", limit: 2, unit: "×", reference: "the floor" },
        value: first.seconds.median / floor.seconds.median,
      },
      {
        subject,
        bound: "at least",
        limit: 10,
        unit: "×",
        reference: "faster than `npx ts-node main.ts`",
        value: speedup,
      },
    ]);
  } finally {
    fs.rmSync(floorFile);
  }
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
