import fs from "node:fs";
import path from "node:path";
import type { Environment } from "../config";
import { ASSETS } from "./digest";
import { MANIFEST, STACK_FILE, STACKS } from "./manifest";
import { SEALS } from "./seals";
import { rolesOf } from "./stacks-of";

/**
 * Copies what a synthesis wrote of an environment to an output folder that is new, for the next synthesis there to keep what is as
 * it would be built. What is missing is left out, and what does not fit is built: the seals tell.
 *
 * @param from An output folder, which need not be there.
 */
export function takeOver(from: string, to: string, environment: Environment): void {
  if (!fs.existsSync(path.join(from, SEALS))) return;
  fs.mkdirSync(to, { recursive: true });
  for (const name of [MANIFEST, SEALS]) copyFile(path.join(from, name), path.join(to, name));
  for (const name of rolesOf([environment]).keys()) {
    const [source, target] = [from, to].map((folder) => path.join(folder, STACKS, name)) as [string, string];
    if (!fs.existsSync(path.join(source, STACK_FILE))) continue;
    fs.mkdirSync(target, { recursive: true });
    copyFile(path.join(source, STACK_FILE), path.join(target, STACK_FILE));
    const assets = path.join(source, ASSETS);
    if (fs.existsSync(assets))
      fs.cpSync(assets, path.join(target, ASSETS), { recursive: true, verbatimSymlinks: true });
  }
}

/** With the permissions of a new file. */
function copyFile(source: string, target: string): void {
  if (fs.existsSync(source)) fs.writeFileSync(target, fs.readFileSync(source));
}
