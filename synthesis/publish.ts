import fs from "node:fs";
import path from "node:path";
import { changeOf, type Changes, type Replacement } from "./changes";
import { MANIFEST, STACK_FILE, listStacks } from "./manifest";

/**
 * Makes the output folder hold what `from` holds: a file whose content is the same is not touched, and neither is what
 * Terraform keeps beside it, such as `.terraform` and lock files. Stacks that the last manifest listed and this one does
 * not are removed, since a pipeline that applies every folder would apply them too.
 *
 * @returns What is gone.
 */
export function publish(from: string, to: string): Changes {
  fs.mkdirSync(to, { recursive: true });
  const stacks = listStacks(from);
  const names = new Set(stacks.map(({ name }) => name));
  const gone = listStacks(to).filter(({ name }) => !names.has(name));
  for (const { workingDirectory } of gone) fs.rmSync(path.join(to, workingDirectory), { recursive: true, force: true });

  for (const { workingDirectory } of stacks) removeStaleAssets(workingDirectory, from, to);
  const stackOf = new Map(stacks.map(({ name, workingDirectory }) => [path.join(workingDirectory, STACK_FILE), name]));
  // The manifest comes last: it promises that the rest is there.
  const files = listFiles(from).filter((file) => file !== MANIFEST);
  const changed = [...files, MANIFEST].flatMap((file) => {
    const replacement = copyIfChanged(path.join(from, file), path.join(to, file));
    const stack = stackOf.get(file);
    return stack !== undefined && replacement ? changeOf(stack, replacement) : [];
  });
  return { goneStacks: gone.map(({ name }) => name), stacks: changed };
}

function removeStaleAssets(workingDirectory: string, from: string, to: string): void {
  const assets = path.join(workingDirectory, "assets");
  const isCurrent = new Set(listFiles(path.join(from, assets)));
  for (const file of listFiles(path.join(to, assets))) {
    if (!isCurrent.has(file)) removeWithEmptyParents(path.join(to, assets, file), path.join(to, workingDirectory));
  }
}

function listFiles(directory: string): string[] {
  if (!fs.existsSync(directory)) return [];
  const names = fs.readdirSync(directory, { recursive: true, encoding: "utf8" });
  return names.filter((name) => fs.statSync(path.join(directory, name)).isFile());
}

/** A reader sees the old file or the new one, never a part. @returns Nothing where no file was there, or it stays as it is. */
function copyIfChanged(source: string, target: string): Replacement | undefined {
  const content = fs.readFileSync(source);
  const { mode } = fs.statSync(source);
  const existing = fs.statSync(target, { throwIfNoEntry: false });
  const former = existing && fs.readFileSync(target);
  if (existing?.mode === mode && former?.equals(content)) return undefined;
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const temporary = `${target}.new`;
  fs.writeFileSync(temporary, content);
  fs.chmodSync(temporary, mode);
  fs.renameSync(temporary, target);
  return former && { former: former.toString(), current: content.toString() };
}

function removeWithEmptyParents(file: string, upTo: string): void {
  fs.rmSync(file);
  for (
    let folder = path.dirname(file);
    folder !== upTo && fs.readdirSync(folder).length === 0;
    folder = path.dirname(folder)
  ) {
    fs.rmdirSync(folder);
  }
}
