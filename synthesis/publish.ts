import fs from "node:fs";
import path from "node:path";
import { changeOf, type Changes } from "./changes";
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
  const changed = stacks.flatMap(({ name, workingDirectory }) => {
    const file = path.join(workingDirectory, STACK_FILE);
    return changeOf(name, path.join(to, file), path.join(from, file));
  });
  // The manifest comes last: it promises that the rest is there.
  const files = listFiles(from).filter((file) => file !== MANIFEST);
  for (const file of [...files, MANIFEST]) copyIfChanged(path.join(from, file), path.join(to, file));
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

/** A reader sees the old file or the new one, never a part. */
function copyIfChanged(source: string, target: string): void {
  const content = fs.readFileSync(source);
  const { mode } = fs.statSync(source);
  const existing = fs.statSync(target, { throwIfNoEntry: false });
  if (existing?.mode === mode && content.equals(fs.readFileSync(target))) return;
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const temporary = `${target}.new`;
  fs.writeFileSync(temporary, content);
  fs.chmodSync(temporary, mode);
  fs.renameSync(temporary, target);
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
