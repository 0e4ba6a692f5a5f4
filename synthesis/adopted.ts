import fs from "node:fs";
import path from "node:path";
import { STACK_FILE, listStacks } from "./manifest";

interface Adopting {
  readonly import?: readonly { readonly to: string }[];
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path: string } } };
}

/**
 * Stacks of an output folder that import what was made by hand, and whose states have all of it: `adopt` has done its work there.
 * Only states on this machine are looked at.
 */
export function adoptedStacks(outputDirectory: string): string[] {
  return listStacks(outputDirectory).flatMap(({ name, workingDirectory }) => {
    const directory = path.join(outputDirectory, workingDirectory);
    const { import: imports = [], terraform } = JSON.parse(
      fs.readFileSync(path.join(directory, STACK_FILE), "utf8"),
    ) as Adopting;
    const file = terraform?.backend?.local?.path;
    if (imports.length === 0 || file === undefined) return [];
    const known = addressesIn(path.resolve(directory, file));
    return imports.every(({ to }) => known.has(to)) ? [name] : [];
  });
}

/** Of a state file; none where there is no such file, or something else in it. */
function addressesIn(file: string): ReadonlySet<string> {
  try {
    const { resources = [] } = JSON.parse(fs.readFileSync(file, "utf8")) as {
      resources?: { mode: string; type: string; name: string }[];
    };
    return new Set(resources.filter(({ mode }) => mode === "managed").map(({ type, name }) => `${type}.${name}`));
  } catch {
    return new Set();
  }
}
