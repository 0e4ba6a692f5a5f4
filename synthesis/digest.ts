import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { STACK_FILE } from "./manifest";

/** Folder in a stack's folder that holds its build contexts. */
export const ASSETS = "assets";

/** Files of a folder, relative to it and in the order of their names; none where there is no such folder. Links are files. */
export function filesBelow(folder: string): string[] {
  if (!fs.lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

interface StackEntry {
  /** Relative to the stack's folder. */
  readonly file: string;
  readonly stat: fs.Stats;
}

/** What synthesis wrote to a stack's folder, as opposed to what Terraform keeps there. */
function entriesOfStack(folder: string): StackEntry[] {
  const assets = filesBelow(path.join(folder, ASSETS)).map((file) => path.join(ASSETS, file));
  return [STACK_FILE, ...assets].flatMap((file) => {
    const stat = fs.lstatSync(path.join(folder, file), { throwIfNoEntry: false });
    return stat ? [{ file, stat }] : [];
  });
}

/**
 * The digest of a stack's folder, where its files have the permissions of those that are written now.
 *
 * @param mode Of a file that this process has just made.
 * @returns Undefined where there is no such folder, or a permission is another.
 */
export function digestAsWritten(folder: string, mode: number): string | undefined {
  if (!fs.lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const entries = entriesOfStack(folder);
  const isAsWritten = entries.every(({ file, stat }) => {
    if (file === STACK_FILE) return stat.mode === mode;
    return stat.isSymbolicLink() || (stat.isFile() && [0o644, 0o755].includes(stat.mode & 0o777));
  });
  return isAsWritten ? digestOf(folder, entries) : undefined;
}

/** SHA-256 over path, executable bit and content of the files that synthesis wrote to a stack's folder, in hexadecimal. */
export function digestOfStack(folder: string): string {
  return digestOf(folder, entriesOfStack(folder));
}

function digestOf(folder: string, entries: readonly StackEntry[]): string {
  const hash = createHash("sha256");
  for (const { file, stat } of entries) {
    const place = path.join(folder, file);
    const content = stat.isSymbolicLink() ? Buffer.from(fs.readlinkSync(place)) : fs.readFileSync(place);
    const kind = stat.isSymbolicLink() ? "link" : (stat.mode & 0o100) !== 0 ? "program" : "file";
    // Lengths keep "ab" + "c" and "a" + "bc" apart.
    const name = file.split(path.sep).join("/");
    hash.update(`${name.length}:${name}${kind}${content.length}:`).update(content);
  }
  return hash.digest("hex");
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
