import fs from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import type { Changes } from "./changes";
import { ASSETS, filesBelow } from "./digest";
import { formerRegistry, type StackTexts } from "./former-registry";
import { locked } from "./lock";
import { MANIFEST, STACK_FILE, STACKS, listStacks } from "./manifest";
import { registryIn } from "./registry-in";
import { RUN_ORDER, readRunOrder } from "./run-order";
import { NONE, SEALS, type Kept } from "./seals";
import { changeOf, type StackChange } from "./stack-change";

/** In the output folder: what is on its way into place. While it is there, the output may be a mixture of old and new. */
const PUBLISHING = ".publishing";
const LOCK = ".lock";
/** List of what is to be done, in the folder. */
const JOURNAL = "journal.json";

/** Thrown where another process has published since the stacks that need not be built were found. */
export class Superseded extends Error {}

interface Journal {
  /** Files and folders to be removed, relative to the output folder. */
  readonly removals: readonly string[];
  /** Files to be put in place, relative to both folders, in this order. */
  readonly moves: readonly string[];
}

/**
 * Makes the output folder hold what a staging folder in it holds: the old output or the new one, whenever it is interrupted.
 * Where it was killed in between, {@link completePublication} makes it the new one; until then the digests of the run order do
 * not fit the stacks.
 *
 * A file whose content is the same is not touched, and neither is what Terraform keeps beside it, such as `.terraform` and lock
 * files. Folders of stacks that are no longer synthesized are removed, since a pipeline that applies every folder would
 * apply them too.
 *
 * @param onChanges Told what is different before anything is: who is interrupted after it has been told.
 * @param kept Stacks that the staging folder lacks, since they lie in the output folder already. @default - it has all
 * @throws {UserError} Where something stands in the way, before anything is changed.
 * @throws {Superseded} Where the output is not the one any more that holds those stacks.
 */
export function publish(
  staging: string,
  outdir: string,
  onChanges: (changes: Changes) => void,
  kept: Kept = NONE,
): void {
  locked(path.join(outdir, LOCK), () => {
    complete(outdir);
    if (kept.stacks.size > 0 && textOf(path.join(outdir, SEALS)) !== kept.seals) throw new Superseded();
    const { journal, changes } = compare(staging, outdir, kept);
    onChanges(changes);
    if (journal.moves.length === 0 && journal.removals.length === 0) return;
    fs.writeFileSync(path.join(staging, JOURNAL), JSON.stringify(journal));
    // From here on it is the new output.
    fs.renameSync(staging, path.join(outdir, PUBLISHING));
    complete(outdir);
  });
}

/** Finishes what a killed process has begun; nothing where there is nothing. */
export function completePublication(outdir: string): void {
  if (isBeingPublished(outdir)) {
    locked(path.join(outdir, LOCK), () => {
      complete(outdir);
    });
  }
}

/** @returns Whether a publication has begun and not ended. */
export function isBeingPublished(outdir: string): boolean {
  try {
    return fs.lstatSync(path.join(outdir, PUBLISHING)).isDirectory();
  } catch {
    // There is nothing, or no folder for it: whoever writes there says so.
    return false;
  }
}

/** Each step may have been done already. */
function complete(outdir: string): void {
  const from = path.join(outdir, PUBLISHING);
  if (!isBeingPublished(outdir)) return;
  const { removals, moves } = readJournal(path.join(from, JOURNAL));
  for (const name of removals) {
    assertOwn(outdir, path.dirname(name));
    fs.rmSync(path.join(outdir, name), { recursive: true, force: true });
  }
  for (const name of moves) {
    const source = path.join(from, name);
    if (!fs.lstatSync(source, { throwIfNoEntry: false })) continue;
    assertOwn(outdir, path.dirname(name));
    fs.mkdirSync(path.dirname(path.join(outdir, name)), { recursive: true });
    fs.renameSync(source, path.join(outdir, name));
  }
  removeEmptyAssets(outdir, removals);
  // The journal goes last, with its folder: half of a folder without it could not be told from a whole one.
  for (const name of fs.readdirSync(from)) {
    if (name !== JOURNAL) fs.rmSync(path.join(from, name), { recursive: true });
  }
  fs.rmSync(from, { recursive: true });
}

/** Nothing where it is gone: it goes last, when all is done. @throws {UserError} Where it leads out of the output folder. */
function readJournal(file: string): Journal {
  const text = textOf(file);
  const journal = text === undefined ? { removals: [], moves: [] } : (JSON.parse(text) as Journal);
  for (const name of [...journal.removals, ...journal.moves]) {
    if (path.isAbsolute(name) || name.split(/[\\/]/).includes("..")) {
      throw new UserError(`${file}: must not name ${name}: remove the folder that it lies in`);
    }
  }
  return journal;
}

function compare(staging: string, outdir: string, kept: Kept): { journal: Journal; changes: Changes } {
  const listed = listStacks(staging);
  const names = new Set(listed.map(({ name }) => name));
  const stacks = listed.filter(({ name }) => !kept.stacks.has(name));
  const former = readRunOrder(outdir);
  const gone = formerStacks(outdir).filter((name) => !names.has(name));
  const removals = [
    ...gone.map((name) => path.join(STACKS, name)),
    ...stacks.flatMap(({ workingDirectory }) => {
      const assets = path.join(workingDirectory, ASSETS);
      const current = new Set(filesBelow(path.join(staging, assets)));
      return filesBelow(path.join(outdir, assets))
        .filter((file) => !current.has(file))
        .map((file) => path.join(assets, file));
    }),
  ];
  const textsOf = (stack: string): StackTexts => {
    const [before, after] = [outdir, staging].map((folder) => textOf(path.join(folder, STACKS, stack, STACK_FILE)));
    return { before, after: kept.stacks.has(stack) ? before : after };
  };
  const written: string[] = [];
  const destructive: StackChange[] = [];
  const moves: string[] = [];
  for (const { name, workingDirectory } of stacks) {
    const files = filesBelow(path.join(staging, workingDirectory)).map((file) => path.join(workingDirectory, file));
    const changed = files.filter((file) => isDifferent(staging, outdir, file));
    if (changed.length === 0) continue;
    written.push(name);
    moves.push(...changed);
    const { before, after } = textsOf(name);
    if (before !== undefined && after !== undefined) destructive.push(...changeOf(name, before, after));
    const images = name.replace(/-registry$/, "-images");
    if (images !== name) destructive.push(...formerRegistry(images, { before, after }, textsOf(images)));
  }
  // They say that the rest is there, and come last.
  moves.push(...[MANIFEST, SEALS, RUN_ORDER].filter((file) => isDifferent(staging, outdir, file)));
  const renamed = gone.flatMap((name) => {
    const registry = registryIn(textsOf(name).before)?.name;
    // Few stacks have one: the files of all others are read for those alone.
    if (registry === undefined) return [];
    const successor = stacks.find((stack) => {
      const { before, after } = textsOf(stack.name);
      return before === undefined && registryIn(after)?.name === registry;
    });
    return successor ? [{ from: environmentIn(name), to: environmentIn(successor.name) }] : [];
  });
  return {
    journal: { removals, moves },
    changes: {
      ...(renamed.length > 0 && { renamed }),
      gone: gone.map((name) => ({ name, environment: former?.stacks[name]?.environment ?? environmentIn(name) })),
      destructive,
      written,
    },
  };
}

/** Stacks whose folders lie there, whatever the manifest beside them says. */
function formerStacks(outdir: string): string[] {
  const stacks = path.join(outdir, STACKS);
  if (!fs.lstatSync(stacks, { throwIfNoEntry: false })?.isDirectory()) return [];
  return fs
    .readdirSync(stacks, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(stacks, entry.name, STACK_FILE)))
    .map(({ name }) => name);
}

/** As far as the name of a stack alone can say it. */
function environmentIn(stack: string): string {
  return stack.replace(/-(registry|images|identity-.*|workload-.*)$/, "");
}

/** @throws {UserError} Where what is there is no file, or cannot be replaced without leaving the output folder. */
function isDifferent(staging: string, outdir: string, file: string): boolean {
  assertOwn(outdir, path.dirname(file));
  const target = path.join(outdir, file);
  const existing = fs.lstatSync(target, { throwIfNoEntry: false });
  if (existing?.isDirectory()) throw new UserError(`${target}: is a folder, and has to be a file: remove it`);
  const source = path.join(staging, file);
  const wanted = fs.lstatSync(source);
  if (existing?.isSymbolicLink() && wanted.isSymbolicLink()) return fs.readlinkSync(target) !== fs.readlinkSync(source);
  if (!existing?.isFile() || !wanted.isFile()) return true;
  const { mode, size } = wanted;
  return existing.mode !== mode || existing.size !== size || !fs.readFileSync(target).equals(fs.readFileSync(source));
}

/** @throws {UserError} Where a folder on the way is none, but a link that leads elsewhere for one. */
function assertOwn(outdir: string, folder: string): void {
  if (folder === ".") return;
  assertOwn(outdir, path.dirname(folder));
  const place = path.join(outdir, folder);
  const stat = fs.lstatSync(place, { throwIfNoEntry: false });
  if (stat && !stat.isDirectory())
    throw new UserError(`${place}: is no folder of the output, but a link or file: remove it`);
}

function textOf(file: string): string | undefined {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isFile() ? fs.readFileSync(file, "utf8") : undefined;
}

/** Folders of build contexts that lost all their files. */
function removeEmptyAssets(outdir: string, removals: readonly string[]): void {
  for (const name of removals) {
    for (let folder = path.dirname(name); folder.includes(`${path.sep}${ASSETS}`); folder = path.dirname(folder)) {
      const place = path.join(outdir, folder);
      if (!fs.existsSync(place) || fs.readdirSync(place).length > 0) break;
      fs.rmdirSync(place);
    }
  }
}
