import fs from "node:fs";
import path from "node:path";
import { ConfigError, formatPath, type Problem } from "./problem";
import { shapeProblems } from "./messages";
import { referenceProblems, tenantProblems, type SoundEnvironment } from "./rules";
import { buildContextProblems } from "./build-context";
import { unusedDefaults, withDefaults } from "./defaults";
import { labelledClusters, selectorProblems, withSelectedClusters } from "./labels";
import { atOrigins } from "./origins";
import { fileSchema, type Environment } from "./schema/environment";
import { KEY_RULE, key } from "./schema/common";
import { selectClusters } from "./selection";
import type { Settings } from "./settings";
import { silentNameProblems, withSilentNames } from "./silent-names";
import { declaredKeys, declaredNamespaces, parseSound } from "./sound";
import { SourceFile } from "./source";
import { claimsOf, type Claim } from "./uniqueness";

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
export function loadConfiguration({ projectDirectory, environments: choices, clusters }: Settings): Configuration {
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
  const lines = loaded.flatMap(({ source, problems }) => [
    ...source.syntaxErrors,
    ...source.describe(atOrigins(problems, source.data)),
  ]);
  if (lines.length > 0) throw new ConfigError(lines);

  const picked = loaded.filter(isComplete).filter(({ source }) => chosen.includes(source.path));
  const whole = picked.map(({ environment }) => environment);
  const environments = clusters ? selectClusters(whole, clusters) : whole;
  const fileOf = new Map(picked.map(({ source, environment }) => [environment.name, source.path]));
  return {
    environments,
    files: environments.map(({ name }) => fileOf.get(name) ?? ""),
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

  const data = withDefaults(source.data);
  const problems = shapeProblems(fileSchema, data);
  const sound = parseSound(data, problems);
  const isNamed = key.safeParse(name).success;
  if (!isNamed) problems.push({ path: [], rule: `the file's name, without .yaml, ${KEY_RULE}`, showValue: false });
  problems.push(...unusedDefaults(data, problems));
  if (!sound) return { source, problems };

  const labelled = labelledClusters(data);
  const environment = {
    ...sound,
    name,
    clusters: withSilentNames(sound.clusters, name),
    workloads: withSelectedClusters(sound.workloads, labelled),
  };
  problems.push(
    ...(isNamed ? silentNameProblems(sound.clusters, name) : []),
    ...selectorProblems(sound.workloads, labelled),
    ...(problems.some(({ path }) => path[0] === "azure") ? [] : tenantProblems(environment)),
    ...referenceProblems(environment, {
      images: declaredKeys(data, "images"),
      clusters: declaredKeys(data, "clusters"),
      usedNamespaces: declaredNamespaces(data),
    }),
    ...buildContextProblems(environment.images, projectDirectory),
  );
  return { source, problems, environment };
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
