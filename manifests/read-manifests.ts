import fs from "node:fs";
import path from "node:path";
import type { Problem } from "../config/problem";
import { convertObjects, type SetOptions } from "./convert-objects";
import { manifestFiles } from "./manifest-files";
import type { ManifestObject } from "./manifest-object";
import type { ManifestSet } from "./manifest-set";
import { objectsIn } from "./objects";
import { readDocuments } from "./yaml-documents";

export interface ReadOptions extends SetOptions {
  /** Folder that `path` is relative to. */
  readonly projectDirectory: string;
  /** A file or a folder. */
  readonly path: string;
  /** Whether it may lie outside of that folder. */
  readonly allowOutside?: boolean;
}

/** The manifests of one entry, or what is wrong with them. */
export interface ReadManifests {
  /** @default - something is wrong */
  readonly set?: ManifestSet;
  /** What is wrong with the entry in the environment file. Paths are from the entry on. */
  readonly problems: readonly Problem[];
  /** Lines `file:line:column …` for what is wrong in the manifests. */
  readonly lines: readonly string[];
  /** The same for what is allowed, but risky. */
  readonly warnings: readonly string[];
}

/** The objects at a path, as they are written, or what is wrong with how. */
export interface ReadObjects {
  readonly objects: readonly ManifestObject[];
  readonly lines: readonly string[];
  /** The end of a sentence that begins with the path. @default - it can be read */
  readonly fault?: string | undefined;
}

/** Reads the objects of a file or a folder, without a look at what they hold. */
export function readObjects(projectDirectory: string, place: string, allowOutside = false): ReadObjects {
  const { files, fault, strangers } = manifestFiles(projectDirectory, place, allowOutside);
  if (fault !== undefined) return { objects: [], lines: [], fault };
  const lines = [...strangers];
  const objects: ManifestObject[] = [];
  for (const file of files.filter((name) => !strangers.some((line) => line.startsWith(`${name}:`)))) {
    const { documents, syntaxErrors } = readDocuments(file, fs.readFileSync(path.join(projectDirectory, file)));
    lines.push(...syntaxErrors);
    for (const document of documents) {
      const found = objectsIn(document);
      objects.push(...found.objects);
      lines.push(...found.lines);
    }
  }
  return { objects, lines };
}

/** Reads, checks and converts the manifests of one entry. Everything that is wrong is found at once, but what only follows from it. */
export function readManifests(options: ReadOptions): ReadManifests {
  const { objects, fault, lines: unread } = readObjects(options.projectDirectory, options.path, options.allowOutside);
  if (fault !== undefined) return { problems: [{ path: ["path"], rule: fault }], lines: [], warnings: [] };
  const converted = convertObjects(objects, options);
  const lines = [...unread, ...converted.lines];
  const { problems, warnings, set } = converted;
  if (lines.length === 0 && problems.length === 0 && objects.length === 0) {
    return { problems: [{ path: ["path"], rule: "must hold an object: its files are empty" }], lines, warnings };
  }
  return { problems, lines, warnings, ...(lines.length === 0 && problems.length === 0 && { set }) };
}
