import fs from "node:fs";
import path from "node:path";
import { ConfigError, formatPath, suggestion, type Problem } from "./problem";
import { shapeProblems } from "./messages";
import { referenceProblems, type SoundEnvironment } from "./rules";
import { buildContextProblems } from "./build-context";
import { environmentSchema, type Environment } from "./schema/environment";
import { KEY_RULE, key } from "./schema/common";
import type { Settings } from "./settings";
import { SourceFile } from "./source";
import { claimsOf, type Claim } from "./uniqueness";

/** Checked environments, in the order of their names, and what the user should know about them. */
export interface Configuration {
  readonly environments: readonly Environment[];
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
 * Reads and checks all environment files, then picks the chosen ones: a file that is not chosen still owns its names.
 *
 * @throws {ConfigError} With every problem of every file, a line each.
 */
export function loadConfiguration(settings: Settings): Configuration {
  const directory = path.join(settings.projectDirectory, "environments");
  const names = environmentNames(directory);
  const unknown = (settings.environments ?? []).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new ConfigError(
      unknown.map(
        (name) => `ENVIRONMENTS names no file environments/${name}.yaml${suggestion(name, names)}, got: "${name}"`,
      ),
    );
  }

  const loaded = names.map((name) => loadFile(name, directory, settings.projectDirectory));
  addCollisions(loaded);
  const lines = loaded.flatMap(({ source, problems }) => [...source.syntaxErrors, ...source.describe(problems)]);
  if (lines.length > 0) throw new ConfigError(lines);

  const chosen = loaded.filter(isChosen(settings));
  return {
    environments: chosen.map(({ environment }) => environment),
    warnings: chosen.flatMap(({ source, environment }) => source.describe(warningsOf(environment))),
  };
}

function isChosen({ environments }: Settings) {
  return (file: Loaded): file is Loaded & { environment: Environment } =>
    file.environment?.registry !== undefined && (environments?.includes(file.environment.name) ?? true);
}

function environmentNames(directory: string): string[] {
  const files = fs.existsSync(directory) ? fs.readdirSync(directory).filter((file) => file.endsWith(".yaml")) : [];
  if (files.length === 0) throw new ConfigError(["environments/ must hold at least one file <environment>.yaml"]);
  return files.map((file) => path.basename(file, ".yaml")).sort();
}

function loadFile(name: string, directory: string, projectDirectory: string): Loaded {
  const file = `${name}.yaml`;
  const source = new SourceFile(`environments/${file}`, fs.readFileSync(path.join(directory, file), "utf8"));
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
    if (isMapping(entries) && entry !== undefined && section !== "registry") Reflect.deleteProperty(entries, entry);
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
