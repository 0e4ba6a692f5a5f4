import { isMapping, valueOf } from "./mapping";
import { formatPath, type Path, type Problem } from "./problem";
import { SECTIONS } from "./schema/defaults";

/** A problem of a value in defaults. */
interface Shared {
  readonly problem: Problem;
  /** The entries that have it, or none where the defaults are wrong without them. */
  readonly entries: string[] | undefined;
}

/**
 * Problems of merged data at the places where their values are written. What is wrong in defaults is said once; where only
 * what an entry says beside it makes it wrong, the entries are named.
 *
 * @param data The file's, before defaults are merged.
 */
export function atOrigins(problems: readonly Problem[], data: unknown): Problem[] {
  const faulty = sectionsOf(problems.filter(isOfDefaults));
  const own: Problem[] = [];
  const shared = new Map<string, Shared>();
  // Problems of the defaults themselves come first: those of entries add nothing to them.
  for (const problem of [...problems].sort((a, b) => Number(isOfDefaults(b)) - Number(isOfDefaults(a)))) {
    const path = originOf(problem.path, data);
    const [section = "", entry = ""] = problem.path;
    if (path[0] !== "defaults") {
      // What an entry lacks, its defaults may give as soon as they are right.
      if (!faulty.has(section) || (isThere(path, data) && !problem.lacks)) own.push(problem);
      continue;
    }
    const id = JSON.stringify([path, problem.rule]);
    const first = shared.get(id);
    if (first) first.entries?.push(formatPath([section, entry]));
    else {
      const entries = isOfDefaults(problem) ? undefined : [formatPath([section, entry])];
      shared.set(id, { problem: { ...problem, path }, entries });
    }
  }
  return [...own, ...[...shared.values()].map(named)];
}

/** The sections that these problems of defaults may be about: all, where a section is misspelt or nothing is a mapping. */
function sectionsOf(problems: readonly Problem[]): ReadonlySet<string | number> {
  const names = new Set(problems.map(({ path }) => path[1]));
  const known = SECTIONS.filter((section) => names.has(section));
  return new Set(known.length === names.size ? known : SECTIONS);
}

function isOfDefaults({ path }: Problem): boolean {
  return path[0] === "defaults";
}

function named({ problem, entries = [] }: Shared): Problem {
  const [first, ...others] = entries;
  if (first === undefined) return problem;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return { ...problem, rule: `${problem.rule} (in ${first}${more})` };
}

/** Where the value at a path of the merged data is written. What is missing belongs to the entry that lacks it. */
function originOf(path: Path, data: unknown): Path {
  const [section = "", entry = "", ...rest] = path;
  let own = valueOf(valueOf(data, section), entry);
  let shared = valueOf(valueOf(data, "defaults"), section);
  for (const [index, part] of rest.entries()) {
    if (!isMapping(own) || !isMapping(shared)) return path;
    if (!Object.hasOwn(own, part)) return isThere(rest.slice(index), shared) ? ["defaults", section, ...rest] : path;
    own = own[part];
    shared = shared[part];
  }
  return path;
}

/** An entry cannot complete a list of its defaults, so what is missing in one is as good as there. */
function isThere(path: Path, data: unknown): boolean {
  let value = data;
  for (const part of path) {
    if (Array.isArray(value)) return true;
    value = valueOf(value, part);
  }
  return value !== undefined;
}
