import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { contextEntries } from "../config/context-entries";

export interface ContextPlace {
  /** Absolute path of the folder. */
  readonly directory: string;
  /** Path of the Dockerfile in the folder. It is part of the context even where .dockerignore names it. */
  readonly dockerfile: string;
}

export interface ContextFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  /** Git keeps no other permission, and the rest depends on the umask of whoever checked the files out. */
  readonly kind: "file" | "program" | "link";
  /** Of a link: its target. */
  readonly content: Buffer;
}

/** A Docker build context, read: what `.dockerignore` lets through, and nothing else; no states and plans. */
export interface ContextFiles {
  readonly files: readonly ContextFile[];
  /** SHA-256 over path, kind and content of every file, in hexadecimal. */
  readonly hash: string;
}

/** @throws {Error} Where a symbolic link leads out of the folder; the loader has said so before. */
export function contextFiles({ directory, dockerfile }: ContextPlace): ContextFiles {
  const { entries, leadOut } = contextEntries(directory, dockerfile);
  const [link] = leadOut;
  if (link !== undefined)
    throw new Error(`build context ${directory}: the symbolic link ${link} must not lead out of it`);
  const files = entries.map(({ path: name, link }): ContextFile => {
    if (link !== undefined) return { path: name, kind: "link", content: Buffer.from(link) };
    const file = path.join(directory, name);
    const kind = (fs.statSync(file).mode & 0o100) !== 0 ? "program" : "file";
    return { path: name, kind, content: fs.readFileSync(file) };
  });
  return { files, hash: hashOf(files) };
}

/** What files are was said by one character before there were links: a hash of a context without them stays. */
const MARKS = { file: "-", program: "x", link: "l" } as const;

function hashOf(files: readonly ContextFile[]): string {
  const hash = createHash("sha256");
  for (const { path: name, kind, content } of files) {
    // Lengths keep "ab" + "c" and "a" + "bc" apart.
    hash.update(`${name.length}:${name}${MARKS[kind]}${content.length}:`).update(content);
  }
  return hash.digest("hex");
}
