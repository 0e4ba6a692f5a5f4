import fs from "node:fs";
import path from "node:path";

const MANIFEST = "manifest.json";
const STACKS = "stacks";

/**
 * Makes the output folder hold what `from` holds: a file whose content is the same is not touched, and neither is what
 * Terraform keeps beside it, such as `.terraform` and lock files. Stacks that the last manifest listed and this one does
 * not are removed, since a pipeline that applies every folder would apply them too.
 */
export function publish(from: string, to: string): void {
  fs.mkdirSync(to, { recursive: true });
  const stacks = stackNames(from);
  for (const stale of stackNames(to).filter((name) => !stacks.includes(name))) {
    fs.rmSync(path.join(to, STACKS, stale), { recursive: true, force: true });
  }
  for (const name of stacks) {
    const assets = path.join(STACKS, name, "assets");
    const isCurrent = new Set(listFiles(path.join(from, assets)));
    for (const file of listFiles(path.join(to, assets))) {
      if (!isCurrent.has(file)) removeWithEmptyParents(path.join(to, assets, file), path.join(to, STACKS, name));
    }
  }
  // The manifest comes last: it promises that the rest is there.
  const files = listFiles(from).filter((file) => file !== MANIFEST);
  for (const file of [...files, MANIFEST]) copyIfChanged(path.join(from, file), path.join(to, file));
}

function stackNames(outdir: string): string[] {
  const file = path.join(outdir, MANIFEST);
  if (!fs.existsSync(file)) return [];
  const manifest = JSON.parse(fs.readFileSync(file, "utf8")) as { stacks: Record<string, unknown> };
  return Object.keys(manifest.stacks);
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
