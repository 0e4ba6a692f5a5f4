import fs from "node:fs";
import path from "node:path";
import dockerignore from "@balena/dockerignore";
import { isWithin } from "./folder";

/** Something in a build context. */
export interface ContextEntry {
  /** Relative, with forward slashes. */
  readonly path: string;
  /** Target of a symbolic link. @default - it is a file */
  readonly link?: string;
}

/** What a folder gives to a build. */
export interface ContextEntries {
  /** In the order of their paths. */
  readonly entries: readonly ContextEntry[];
  /** What holds secrets or no end of data, and is never taken: paths of files and folders. */
  readonly leftOut: readonly string[];
  /** Symbolic links that lead out of the folder. */
  readonly leadOut: readonly string[];
}

/** States and plans of Terraform hold passwords; the rest is no source of anything, and large. */
const NEVER =
  /(^|\/)(\.git|\.terraform|cdktf\.out|node_modules\/\.cache|([^/]*\.)?tfstate(\.[^/]*)?|([^/]*\.)?tfplan(\.[^/]*)?)$/i;

/**
 * Lists a build context: what `.dockerignore` lets through, but what is never taken. Symbolic links are links, as for Docker.
 *
 * @param directory Absolute path.
 * @param dockerfile Its path in the folder. It is part of the context even where `.dockerignore` names it.
 */
export function contextEntries(directory: string, dockerfile: string): ContextEntries {
  const root = fs.realpathSync(directory);
  const ignored = ignoreRules(root);
  // Docker sends these two in any case.
  const always = new Set([".dockerignore", path.posix.normalize(dockerfile)]);
  const entries: ContextEntry[] = [];
  const leftOut: string[] = [];
  const leadOut: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const isIgnored = !always.has(name) && ignored.matches(name);
      if (isIgnored && (!entry.isDirectory() || !ignored.mayReturn(name, always))) continue;
      if (NEVER.test(name) || (entry.isDirectory() && isOutput(path.join(root, name)))) leftOut.push(name);
      else if (entry.isDirectory()) visit(name);
      else if (entry.isSymbolicLink()) {
        const link = fs.readlinkSync(path.join(root, name));
        if (leadsOut(root, name, link)) leadOut.push(name);
        else entries.push({ path: name, link });
      } else if (entry.isFile()) entries.push({ path: name });
    }
  };
  visit("");
  return {
    entries: entries.sort((a, b) => (a.path < b.path ? -1 : 1)),
    leftOut: leftOut.sort(),
    leadOut: leadOut.sort(),
  };
}

function ignoreRules(root: string) {
  const file = path.join(root, ".dockerignore");
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  const filter = dockerignore().add(text);
  const hasExceptions = /^\s*!/m.test(text);
  return {
    matches: (name: string) => filter.ignores(name),
    /** Whether something in an ignored folder may be taken all the same. */
    mayReturn: (folder: string, always: ReadonlySet<string>) =>
      hasExceptions || [...always].some((name) => name.startsWith(`${folder}/`)),
  };
}

/** An output folder, whatever its name. */
function isOutput(folder: string): boolean {
  return ["manifest.json", "run-order.json", "stacks"].every((name) => fs.existsSync(path.join(folder, name)));
}

/** An absolute link leads out too: what it means depends on the machine. */
function leadsOut(root: string, name: string, link: string): boolean {
  if (path.isAbsolute(link)) return true;
  const target = path.join(root, path.dirname(name), link);
  if (!isWithin(target, root)) return true;
  // On the way there may be other links.
  return fs.existsSync(target) && !isWithin(fs.realpathSync(target), root);
}
