import fs from "node:fs";
import path from "node:path";
import { parseState, type StateObjects } from "../terraform/state";
import { listStacks } from "./manifest";
import { readStackJson } from "./synthesized-stack";

/**
 * Stacks of an output folder that import what was made by hand, and whose states have all of it: `adopt` has done its work there.
 * Only states on this machine are looked at.
 */
export function adoptedStacks(outputDirectory: string): string[] {
  return listStacks(outputDirectory).flatMap(({ name, workingDirectory }) => {
    const directory = path.join(outputDirectory, workingDirectory);
    const { import: imports = [], terraform } = readStackJson(directory);
    const file = terraform.backend?.local?.path;
    if (imports.length === 0 || file === undefined) return [];
    const known = objectsIn(path.resolve(directory, file));
    return imports.every(({ to }) => known.has(to)) ? [name] : [];
  });
}

/** Of a state file; none where there is no such file, or something else in it. */
function objectsIn(file: string): StateObjects {
  try {
    return parseState(fs.readFileSync(file, "utf8"));
  } catch {
    return new Map();
  }
}
