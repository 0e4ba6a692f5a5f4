import path from "node:path";
import { loadConfiguration } from "../../config";
import { Rehearsal, type RehearsedStack } from "../../rehearsal";
import { handWritten } from "./hand-written";
import { printTable, spread } from "./markdown";
import { inTurn, spreadOf } from "./measure";
import { assertSamePlan } from "./planned";

const ROUNDS = 31;
const TITLE = "`terraform plan` of the demo: our JSON and hand-written HCL";
/** No such file: whatever was deployed, everything is planned anew. */
const EMPTY_STATE = "-state=empty.tfstate";
const PROOF = "proof.tfplan";

/**
 * What generated JSON costs Terraform: plans of every stack and of its twin in tools/bench/hcl, which was written by hand, on
 * the same provider servers. Both are deployed before, so that remote states exist, and seen to plan the same.
 */
export async function plan(): Promise<void> {
  const projectDirectory = path.resolve();
  const settings = { projectDirectory, environments: ["demo"], outputDirectory: "", tokenTraces: false };
  const [environment] = loadConfiguration(settings).environments;
  if (!environment) throw new Error("environments/demo.yaml has no environment");
  const options = { environment, projectDirectory, now: new Date() };
  const [ours, theirs] = [new Rehearsal(options), handWritten(options)];
  try {
    for (const rehearsal of [ours, theirs])
      await rehearsal.deploy((stack, step) => {
        console.error(`${stack}: ${step}`);
      });
    const pairs = ours.stacks.map((stack) => ({ stack, twin: theirs.stack(stack.name) }));
    for (const { stack, twin } of pairs) {
      assertSamePlan(stack.name, await showPlan(stack), await showPlan(twin));
    }
    await measure(pairs);
  } finally {
    ours.close();
    theirs.close();
  }
}

interface Pair {
  readonly stack: RehearsedStack;
  readonly twin: RehearsedStack;
}

async function measure(pairs: readonly Pair[]): Promise<void> {
  const candidates = pairs.flatMap(({ stack, twin }) => [
    { name: `${stack.name}, JSON`, run: () => secondsOfPlan(stack) },
    { name: `${twin.name}, HCL`, run: () => secondsOfPlan(twin) },
  ]);
  const runs = await inTurn("plan", candidates, ROUNDS);
  const json = runs.filter((_, index) => index % 2 === 0);
  const hcl = runs.filter((_, index) => index % 2 === 1);
  const all = rowOf("all", totalOf(json), totalOf(hcl));
  const rows = pairs.map(({ stack }, index) => rowOf(stack.name, json[index], hcl[index]));
  printTable(
    TITLE,
    ["stack", "JSON, seconds", "HCL, seconds", "ratio, round by round"],
    [...rows, all].map(({ name, ours, theirs, ratios }) => [name, spread(ours, 3), spread(theirs, 3), spread(ratios)]),
    [{ subject: "JSON", bound: "at most", limit: 1.05, unit: "×", reference: "HCL", value: all.ratios.median }],
  );
}

/** The two runs of a round follow each other, so their ratio suffers less from other load than that of the medians. */
function rowOf(name: string, ours: readonly number[] = [], theirs: readonly number[] = []) {
  const ratios = ours.map((seconds, round) => seconds / (theirs[round] ?? NaN));
  return { name, ours: spreadOf(ours), theirs: spreadOf(theirs), ratios: spreadOf(ratios) };
}

/** Round by round, the sum over all stacks. */
function totalOf(stacks: readonly (readonly number[])[]): number[] {
  return Array.from({ length: ROUNDS }, (_, round) => stacks.reduce((sum, runs) => sum + (runs[round] ?? NaN), 0));
}

async function secondsOfPlan(stack: RehearsedStack): Promise<number> {
  const start = performance.now();
  await run(stack, ["plan", "-input=false", "-no-color", EMPTY_STATE]);
  return (performance.now() - start) / 1000;
}

/** @returns The plan from an empty state, as `terraform show -json` prints it. */
export async function showPlan(stack: RehearsedStack): Promise<string> {
  await run(stack, ["plan", "-input=false", "-no-color", EMPTY_STATE, `-out=${PROOF}`]);
  return run(stack, ["show", "-json", PROOF]);
}

async function run(stack: RehearsedStack, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await stack.terraform(args);
  if (code !== 0) throw new Error(`${stack.stack.directory}: terraform ${args.join(" ")}: ${stderr || stdout}`);
  return stdout;
}
