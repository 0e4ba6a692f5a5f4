import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Settings } from "../config";
import { name as framework, version } from "cdktf/package.json";

/** Rooms and files whose code decides what stacks are. */
export const ROOMS: readonly string[] = [
  "app.ts",
  "bindings",
  "config",
  "constructs",
  "diagnosis",
  "manifests",
  "stacks",
  "synthesis",
];

/**
 * A hash of all that makes stacks out of what they are given: our sources, and the versions of the framework that runs and of the
 * packages that are installed. It is the same on every machine, in any folder.
 *
 * @returns Undefined where the code that runs may be another than the files say: one has been edited since this process began, or
 * they are not there.
 */
export function codeHash({ projectDirectory: root }: Pick<Settings, "projectDirectory">): string | undefined {
  if (!fs.existsSync(path.join(root, "package.json"))) return undefined;
  const hash = createHash("sha256").update(`${framework} ${version}\n`);
  for (const [name, installed] of versions(root)) hash.update(`${name} ${installed}\n`);
  for (const file of sourcesIn(root)) {
    const place = `${root}/${file}`;
    if (fs.statSync(place).mtimeMs > performance.timeOrigin) return undefined;
    const content = fs.readFileSync(place);
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

function versions(root: string): [string, string][] {
  const read = (file: string) => JSON.parse(fs.readFileSync(path.join(root, file), "utf8")) as Partial<Package>;
  return Object.keys(read("package.json").dependencies ?? {}).map((name) => [
    name,
    read(`node_modules/${name}/package.json`).version ?? "",
  ]);
}

interface Package {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Paths relative to the root, with forward slashes and in order. What links lead to counts, and what leads nowhere does not. */
function sourcesIn(root: string): string[] {
  const inFolder = (folder: string): string[] =>
    fs
      .readdirSync(`${root}/${folder}`, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const name = `${folder}/${entry.name}`;
        const target = entry.isSymbolicLink() ? statOf(`${root}/${name}`) : entry;
        if (!target) return [];
        return target.isDirectory() ? inFolder(name) : [name];
      });
  return ROOMS.flatMap((room) => {
    const stat = statOf(`${root}/${room}`);
    if (!stat) return [];
    return stat.isDirectory() ? inFolder(room) : [room];
  });
}

function statOf(place: string): fs.Stats | undefined {
  return fs.statSync(place, { throwIfNoEntry: false });
}
