import fs from "node:fs";
import path from "node:path";
import { summarizePlan } from "../runs/plan-summary";
import { PrivateFolder } from "../runs/private-folder";
import { STACK_FILE } from "../synthesis/manifest";
import { parseStack, resourcesOf, typeOf, type Block } from "../synthesis/stack-blocks";
import { narrate } from "../terraform/narration";
import { findingOf, type Finding } from "./finders";
import { NotYetKnown, resolved } from "./resolved";
import { parseState, type StateObjects } from "../terraform/state";

/** Runs Terraform in the folder of a stack. */
export type RunTerraform = (args: readonly string[]) => Promise<{ code: number; stdout: string; stderr: string }>;

/** A resource of the stack that is not in its state. */
export interface Missing {
  readonly address: string;
  /** Of the object that is there: what to import. @default - there is none, or none that is found */
  readonly id?: string;
  /** What else there is to do or to know. @default - nothing: an apply makes it */
  readonly remedy?: string;
}

/** What looks for objects lies beside the stack's own file as long as it runs. */
const FINDER_FILE = "acr-pull-recovery.tf.json";

/** Terraform failed, for another reason than an object that is not there. */
export class RecoveryError extends Error {}

/**
 * Looks for the objects of resources that are in the configuration of a stack and not in its state, as after an apply whose answer
 * got lost, by data sources of the stack's own providers. Changes nothing, neither there nor in the state.
 *
 * @param directory Of the stack, where `terraform init` has run.
 * @throws {RecoveryError} Where Terraform cannot be asked.
 */
export async function findMissing(directory: string, run: RunTerraform): Promise<Missing[]> {
  // Of a run that was killed.
  fs.rmSync(path.join(directory, FINDER_FILE), { force: true });
  const stack = parseStack(fs.readFileSync(path.join(directory, STACK_FILE), "utf8"));
  const state = await readState(run);
  const resources = resourcesOf(stack);
  const wanted = [...resources].filter(([address]) => !state.has(address));
  const findings = new Map<string, Finding>();
  const missing: Missing[] = [];
  for (const [index, [address, block]] of wanted.entries()) {
    try {
      const values = resolved(block, resources, state) as Block;
      const finding = findingOf(typeOf(address), `recovery_${index}`, values);
      if (finding?.kind === "lookup") findings.set(address, finding);
      else missing.push({ address, ...(finding && { remedy: finding.remedy }) });
    } catch (error) {
      if (!(error instanceof NotYetKnown)) throw error;
      missing.push({ address, remedy: `${error.message}: look again once that is in the state` });
    }
  }
  const ids = await idsOf(findings, directory, run);
  for (const address of findings.keys()) missing.push({ address, ...ids.get(address) });
  return wanted.flatMap(([address]) => missing.find((one) => one.address === address) ?? []);
}

/** @throws {RecoveryError} Where it cannot be read. */
export async function readState(run: RunTerraform): Promise<StateObjects> {
  return parseState(await output(run, ["state", "pull"]));
}

/**
 * Takes what was found into the state, by one import after another.
 * @returns What is in the state then, in order.
 * @throws {RecoveryError} Where one fails; those before it are in the state.
 */
export async function importFound(found: readonly Missing[], directory: string, run: RunTerraform): Promise<string[]> {
  const done: string[] = [];
  for (const { address, id } of found) {
    if (id === undefined) continue;
    await importOne({ to: address, id }, directory, run);
    done.push(address);
  }
  return done;
}

async function importOne(block: { readonly to: string; readonly id: string }, directory: string, run: RunTerraform) {
  const { code, stdout, stderr } = await run(["import", "-input=false", "-no-color", block.to, block.id]);
  if (code !== 0) await importByPlan(block, directory, run, saidBy({ stdout, stderr }));
}

/**
 * The command asks every data source of the stack, and that of a rollout fails before there is a Deployment. A plan of this resource
 * alone asks only what it depends on.
 *
 * @param refusal What the command has said.
 */
async function importByPlan(
  block: { readonly to: string; readonly id: string },
  directory: string,
  run: RunTerraform,
  refusal: string,
): Promise<void> {
  await besideStack({ import: [block] }, directory, async (folder) => {
    const plan = path.join(folder, "import.tfplan");
    const planned = await run(["plan", "-input=false", "-no-color", `-target=${block.to}`, `-out=${plan}`]);
    if (planned.code !== 0) throw new RecoveryError(`terraform import ${block.to}: ${refusal}`);
    const { changes } = summarizePlan(await output(run, ["show", "-json", plan]));
    // What it depends on would be made as well.
    if (changes.some(({ action }) => action === "create" || action === "replace" || action === "destroy"))
      throw new RecoveryError(`terraform import ${block.to}: ${refusal}`);
    await output(run, ["apply", "-input=false", "-no-color", plan]);
  });
}

interface PlannedOutputs {
  readonly planned_values?: { readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>> };
}

/** Asks for all at once; what turns out not to be there is left out of the next try. */
async function idsOf(
  findings: ReadonlyMap<string, Finding>,
  directory: string,
  run: RunTerraform,
): Promise<ReadonlyMap<string, Pick<Missing, "id" | "remedy">>> {
  const found = new Map<string, Pick<Missing, "id" | "remedy">>();
  const left = new Map(
    [...findings].flatMap(([address, finding]) => (finding.kind === "lookup" ? [[address, finding]] : [])),
  );
  while (left.size > 0) {
    const absent = await besideStack(lookupsOf(left), directory, async (folder) => {
      const file = path.join(folder, "lookups.tfplan");
      const targets = [...left.values()].flatMap(({ data }) =>
        Object.entries(data).flatMap(([type, blocks]) =>
          Object.keys(blocks).map((name) => `-target=data.${type}.${name}`),
        ),
      );
      const { code, stdout, stderr } = await run([
        "plan",
        "-json",
        "-input=false",
        "-refresh=false",
        "-lock=false",
        ...targets,
        `-out=${file}`,
      ]);
      if (code !== 0) return failuresIn(stdout, stderr);
      const { planned_values: planned } = JSON.parse(await output(run, ["show", "-json", file])) as PlannedOutputs;
      for (const [index, address] of [...left.keys()].entries()) {
        const [id, ...others] = (planned?.outputs?.[outputName(index)]?.value ?? []) as string[];
        if (id !== undefined && others.length === 0) found.set(address, { id });
        if (others.length > 0)
          found.set(address, { remedy: `several objects could be it: ${[id, ...others].join(", ")}` });
      }
      return undefined;
    });
    if (!absent) break;
    const before = left.size;
    for (const { where, what } of absent) {
      for (const [address, { data }] of left) {
        if (
          !Object.entries(data).some(([type, blocks]) =>
            Object.keys(blocks).some((name) => where.startsWith(`data.${type}.${name}`)),
          )
        )
          continue;
        left.delete(address);
        if (!/not found|no .* found|does ?n[o']t exist|404/i.test(what))
          found.set(address, { remedy: `could not be looked for: ${what}` });
      }
    }
    if (left.size === before) throw new RecoveryError(absent.map(({ what }) => what).join("\n"));
  }
  return found;
}

function lookupsOf(left: ReadonlyMap<string, Extract<Finding, { kind: "lookup" }>>): object {
  const data: Record<string, Record<string, object>> = {};
  for (const one of left.values())
    for (const [type, blocks] of Object.entries(one.data)) data[type] = { ...data[type], ...blocks };
  const output = Object.fromEntries(
    [...left.values()].map(({ ids }, index) => [outputName(index), { value: `\${${ids}}`, sensitive: false }]),
  );
  return { data, output };
}

function outputName(index: number): string {
  return `acr_pull_recovery_${index}`;
}

/** The errors of a plan, with the data source that each is about. */
function failuresIn(stdout: string, stderr: string): { where: string; what: string }[] {
  const errors = narrate(stdout).errors.map(({ address = "", message }) => ({
    where: address,
    what: message.replace("\n", ": "),
  }));
  return errors.length > 0 ? errors : [{ where: "", what: (stderr || stdout).trim() }];
}

/** Puts a file beside the stack's own for as long as `work` takes. @param work Gets a private folder for plans, which goes as well. */
async function besideStack<T>(content: object, directory: string, work: (folder: string) => Promise<T>): Promise<T> {
  const file = path.join(directory, FINDER_FILE);
  const folder = new PrivateFolder();
  const clean = () => {
    fs.rmSync(file, { force: true });
  };
  process.once("exit", clean);
  try {
    fs.writeFileSync(file, JSON.stringify(content, null, 2));
    return await work(folder.path);
  } finally {
    clean();
    folder.close();
    process.removeListener("exit", clean);
  }
}

async function output(run: RunTerraform, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(args);
  if (code === 0) return stdout;
  throw new RecoveryError(`terraform ${args[0] ?? ""}: ${saidBy({ stdout, stderr })}`);
}

function saidBy({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  return (stderr || stdout).replace(/[╷│╵]/g, "").trim();
}
