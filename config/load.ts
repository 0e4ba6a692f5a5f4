import fs from "node:fs";
import path from "node:path";
import { ConfigError, formatPath, type Problem } from "./problem";
import { shapeProblems } from "./messages";
import { referenceProblems, type SoundEnvironment } from "./rules";
import { buildContextProblems } from "./build-context";
import { environmentSchema, type Environment } from "./schema/environment";
import { KEY_RULE, key } from "./schema/common";
import type { Settings } from "./settings";
import { SourceFile } from "./source";
import { claimsOf, type Claim } from "./uniqueness";

/** Sections that are one thing, not a map of entries that stand each for itself. */
const WHOLE_SECTIONS = ["registry", "backend"];
const DIRECTORY = "environments";

/** Checked environments, in the order of their names, and what the user should know about them. */
export interface Configuration {
  readonly environments: readonly Environment[];
  /** The file of each environment, as it stands in messages. */
  readonly files: readonly string[];
  /** Lines `file:line:column …`: allowed, but risky. */
  readonly warnings: readonly string[];
}

interface Loaded {
  readonly source: SourceFile;
  readonly problems: Problem[];
  /** Without the entries that have problems of their own. */
  readonly environment?: SoundEnvironment;
}

/**
 * Reads and checks the files in environments/ and the chosen ones, then picks the chosen ones: a file that is not chosen
 * still owns its names.
 *
 * @throws {ConfigError} With every problem of every file, a line each.
 */
export function loadConfiguration({ projectDirectory, environments: choices }: Settings): Configuration {
  const present = environmentFiles(projectDirectory);
  const chosen =
    choices?.map((choice) => (choice.endsWith(".yaml") ? path.normalize(choice) : `${DIRECTORY}/${choice}.yaml`)) ??
    present;
  const missing = chosen.filter((file) => !fs.existsSync(path.resolve(projectDirectory, file)));
  if (missing.length > 0) {
    const names = present.map((file) => path.basename(file, ".yaml"));
    const rule = `must name environments (${names.join(", ")}) or paths of .yaml files`;
    throw new ConfigError(missing.map((file) => `ENVIRONMENTS ${rule}, and there is no ${file}`));
  }
  if (chosen.length === 0) throw new ConfigError([`${DIRECTORY}/ must hold a file <environment>.yaml`]);

  const loaded = [...new Set([...present, ...chosen])].sort().map((file) => loadFile(file, projectDirectory));
  addCollisions(loaded);
  const lines = loaded.flatMap(({ source, problems }) => [...source.syntaxErrors, ...source.describe(problems)]);
  if (lines.length > 0) throw new ConfigError(lines);

  const picked = loaded.filter(isComplete).filter(({ source }) => chosen.includes(source.path));
  return {
    environments: picked.map(({ environment }) => environment),
    files: picked.map(({ source }) => source.path),
    warnings: picked.flatMap(({ source, environment }) => source.describe(warningsOf(environment))),
  };
}

function isComplete(file: Loaded): file is Loaded & { environment: Environment } {
  return file.environment?.registry !== undefined;
}

/** Paths relative to the project, with forward slashes. */
function environmentFiles(projectDirectory: string): string[] {
  const directory = path.join(projectDirectory, DIRECTORY);
  const names = fs.existsSync(directory) ? fs.readdirSync(directory) : [];
  return names.filter((name) => name.endsWith(".yaml")).map((name) => `${DIRECTORY}/${name}`);
}

function loadFile(file: string, projectDirectory: string): Loaded {
  const name = path.basename(file, ".yaml");
  const source = new SourceFile(file, fs.readFileSync(path.resolve(projectDirectory, file), "utf8"));
  if (source.syntaxErrors.length > 0) return { source, problems: [] };

  const problems = shapeProblems(environmentSchema, source.data);
  const sound = parseSound(source.data, problems);
  if (!key.safeParse(name).success)
    problems.push({ path: [], rule: `the file's name, without .yaml, ${KEY_RULE}`, showValue: false });
  if (!sound) return { source, problems };

  const environment = { ...sound, name };
  problems.push(
    ...referenceProblems(environment, {
      images: declaredKeys(source.data, "images"),
      clusters: declaredKeys(source.data, "clusters"),
      usedNamespaces: declaredNamespaces(source.data),
    }),
    ...buildContextProblems(environment.images, projectDirectory),
  );
  return { source, problems, environment };
}

/** Parses what is left when every entry with a problem is taken out, so that the rules between entries can still be checked. */
function parseSound(data: unknown, problems: readonly Problem[]): Omit<SoundEnvironment, "name"> | undefined {
  if (problems.some(({ path }) => path.length === 0)) return undefined;
  const sound = structuredClone(data) as Record<string, unknown>;
  for (const {
    path: [section, entry],
  } of problems) {
    const entries = sound[String(section)];
    if (isMapping(entries) && entry !== undefined && !WHOLE_SECTIONS.includes(String(section)))
      Reflect.deleteProperty(entries, entry);
    else Reflect.deleteProperty(sound, String(section));
  }
  const { data: parsed } = environmentSchema
    .partial({ registry: true })
    .safeParse({ images: {}, clusters: {}, workloads: {}, ...sound });
  return parsed;
}

function declaredKeys(data: unknown, section: string): string[] {
  const entries = isMapping(data) ? data[section] : undefined;
  return isMapping(entries) ? Object.keys(entries) : [];
}

/** Namespaces of all workloads, also of those with errors of their own. */
function declaredNamespaces(data: unknown): string[] {
  const workloads = isMapping(data) && isMapping(data.workloads) ? Object.values(data.workloads) : [];
  return workloads.flatMap((workload) =>
    isMapping(workload) && typeof workload.namespace === "string" ? [workload.namespace] : [],
  );
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What two entries claim, in one file or in two, is a problem of the later one. */
function addCollisions(files: readonly Loaded[]): void {
  const owners = new Map<string, { source: SourceFile; claim: Claim }>();
  for (const { source, problems, environment } of files) {
    if (!environment) continue;
    for (const claim of claimsOf(environment)) {
      const owner = owners.get(claim.what);
      if (!owner) owners.set(claim.what, { source, claim });
      else if (!problems.some((problem) => problem.path === claim.path)) {
        const rule = `must not be a second ${claim.what}: ${owner.source.path} has it at ${formatPath(owner.claim.path)}`;
        problems.push({ path: claim.path, rule, showValue: false });
      }
    }
  }
}

function warningsOf({ registry }: Environment): Problem[] {
  return registry.adminUser
    ? [
        {
          path: ["registry", "adminUser"],
          rule: "gives everybody who holds it push and pull on all repositories, and its password lies in the registry's state",
          showValue: false,
        },
      ]
    : [];
}
