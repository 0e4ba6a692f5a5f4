import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadConfiguration, type Environment } from "../../config";
import { Rehearsal, type RehearsedStack } from "../../rehearsal";
import { describeChanges } from "../../synthesis/changes";
import { wavesOf } from "../../synthesis/waves";
import { edited, type Edit, type File } from "./edit";

/** What an edit does, seen from outside. */
export interface Walked {
  /** What synthesis says of it. */
  readonly words: readonly string[];
  /** What the next plans do, a line each stack that has something to do: `registry: 1 create, 2 replace`. */
  readonly planned: readonly string[];
  /** What is wrong with plans without what synthesis asks for. */
  readonly refused: readonly string[];
  /** What plans after that still want. */
  readonly left: readonly string[];
  /** What the clouds hold after a destroy. */
  readonly leftovers: readonly string[];
}

/** Deploys an environment, edits its file, applies what has become of it, plans again, and destroys it, with the real Terraform. */
export async function walk(edit: Edit, projectDirectory: string): Promise<Walked> {
  const load = (file: File, name = "shop") => environmentOf(file, name, projectDirectory);
  const rehearsal = new Rehearsal({ environment: load(edit.before), projectDirectory });
  try {
    await inOrder(rehearsal, deploy);
    const last = await edit.todo?.first?.(rehearsal);
    const after = edited(edit.before, edit.changes);
    const changes = rehearsal.resynthesize(load(after, edit.newName));
    const words = describeChanges(changes, { projectDirectory, outputDirectory: "", tokenTraces: false }).map(
      withoutHashes,
    );
    /** By stack: those of a wave end in no order. */
    const planned = new Map<string, readonly string[]>();
    const deployAgain = async (stack: RehearsedStack) => {
      await stack.init();
      const actions = (await stack.plan()).map(({ action }) => action);
      planned.set(stack.name, [...(planned.get(stack.name) ?? []), ...countsOf(stack, actions)]);
      await stack.apply();
    };
    let refused: string[] = [];
    if (edit.written) {
      refused = await failuresOf(inOrder(rehearsal, deployAgain));
      rehearsal.resynthesize(load(edited(after, edit.written), edit.newName));
    }
    await edit.todo?.then?.(rehearsal);
    await inOrder(rehearsal, deployAgain);
    await last?.();
    const left = (await Promise.all(rehearsal.stacks.map((stack) => failuresOf(stack.assertNoChanges())))).flat();
    for (const wave of wavesOf(rehearsal.stacks).reverse()) await Promise.all(wave.map((stack) => stack.destroy()));
    const inOrderOfStacks = rehearsal.stacks.flatMap(({ name }) => planned.get(name) ?? []);
    return { words, planned: inOrderOfStacks, refused, left, leftovers: rehearsal.clouds.leftovers() };
  } finally {
    rehearsal.close();
  }
}

async function inOrder(rehearsal: Rehearsal, work: (stack: RehearsedStack) => Promise<void>): Promise<void> {
  for (const wave of wavesOf(rehearsal.stacks)) {
    // All of a wave, also where one fails: Terraform kills the process of a provider that goes away as it starts, and that is this one.
    const ended = await Promise.allSettled(wave.map(work));
    const failed = ended.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    rehearsal.world.othersActed();
  }
}

async function deploy(stack: RehearsedStack): Promise<void> {
  await stack.init();
  await stack.plan();
  await stack.apply();
}

/** @returns How the work fails. */
async function failuresOf(work: Promise<void>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    return [withoutHashes(String(error))];
  }
}

function countsOf(stack: RehearsedStack, actions: readonly string[]): string[] {
  const kinds = [...new Set(actions)].toSorted();
  const parts = kinds.map((kind) => `${actions.filter((action) => action === kind).length} ${kind}`);
  return parts.length > 0 ? [`${kindOf(stack)}: ${parts.join(", ")}`] : [];
}

function kindOf({ name }: RehearsedStack): string {
  return name.split("-")[1] ?? "";
}

/** The ends of construct ids say nothing to people. */
function withoutHashes(text: string): string {
  return text.replace(/_[0-9A-F]{8}\b/g, "");
}

function environmentOf(content: File, name: string, projectDirectory: string): Environment {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "edit-"));
  try {
    const file = path.join(folder, `${name}.yaml`);
    // YAML takes JSON as it is.
    fs.writeFileSync(file, JSON.stringify(content));
    const settings = { projectDirectory, outputDirectory: folder, tokenTraces: false, environments: [file] };
    const [environment] = loadConfiguration(settings).environments;
    if (!environment) throw new Error("the file has no environment");
    return environment;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
