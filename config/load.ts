import fs from "node:fs";
import path from "node:path";
import { claimsOf, type Claim } from "./claims";
import { closeEnvironment } from "./close";
import { withDefaults } from "./defaults";
import type { Environment, SoundEnvironment } from "./environment";
import { labelledClusters } from "./labels";
import { ManifestReader } from "./manifest-reader";
import { atOrigins } from "./origins";
import { parseFile } from "./parse";
import { ConfigError } from "./problem";
import { refusals, warnings } from "./rules";
import type { RuleContext } from "./rules/rule";
import { selectClusters } from "./selection";
import type { Settings } from "./settings";
import { SourceFile } from "./source";

const DIRECTORY = "environments";
const ENDING = ".yaml";

/** Checked environments, in the order of their names, and what the user should know about them. */
export interface Configuration {
  readonly environments: readonly Environment[];
  /** The file of each environment, as it stands in messages. */
  readonly files: readonly string[];
  /** Lines `file:line:column …`: allowed, but risky. */
  readonly warnings: readonly string[];
}

/** A file, read as far as it can be. */
interface Loaded {
  readonly source: SourceFile;
  /** @default - it is not YAML */
  readonly content?: Content;
}

/** What rules see of a file, but for what other files claim. */
type Content = Omit<RuleContext, "owners">;

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
  const names = present.map((file) => path.basename(file, ".yaml"));
  const rule = `must name environments (${names.join(", ")}) or paths of .yaml files`;
  if (choices?.length === 0) throw new ConfigError([`ENVIRONMENTS ${rule}, and names none`]);
  const missing = chosen.filter((file) => !fs.existsSync(path.resolve(projectDirectory, file)));
  if (missing.length > 0) {
    throw new ConfigError(missing.map((file) => `ENVIRONMENTS ${rule}, and there is no ${file}`));
  }
  if (chosen.length === 0) throw new ConfigError([`${DIRECTORY}/ must hold a file <environment>.yaml`]);

  const loaded = [...new Set([...present, ...chosen])].sort().map((file) => loadFile(file, projectDirectory));
  const owners = ownersOf(loaded);
  const files = loaded.map(({ source, content }) => ({ source, context: content && { ...content, owners } }));
  const lines = files.flatMap(({ source, context }) => [
    ...source.syntaxErrors,
    ...(context ? source.describe(atOrigins([...context.shape, ...refusals(context)], source.data)) : []),
    ...[...(context?.manifests.values() ?? [])].flatMap((entry) => entry.lines),
  ]);
  lines.push(...misnamedFiles(projectDirectory));
  if (lines.length > 0) throw new ConfigError(lines);

  const picked = files.flatMap(({ source, context }) =>
    context && isWhole(context.environment) && chosen.includes(source.path)
      ? [{ source, context, environment: context.environment }]
      : [],
  );
  const whole = picked.map(({ environment }) => environment);
  const environments = clusters ? selectClusters(whole, clusters) : whole;
  const fileOf = new Map(picked.map(({ source, environment }) => [environment.name, source.path]));
  return {
    environments,
    files: environments.map(({ name }) => fileOf.get(name) ?? ""),
    warnings: picked.flatMap(({ source, context }) => [
      ...source.describe(warnings(context)),
      ...[...context.manifests.values()].flatMap((entry) => entry.warnings),
    ]),
  };
}

/** An environment without problems has all of its sections. */
function isWhole(environment: SoundEnvironment): environment is Environment {
  return (["azure", "providers", "backend", "tags", "registry"] as const).every((section) => environment[section]);
}

/** Paths relative to the project, with forward slashes. */
function environmentFiles(projectDirectory: string): string[] {
  return namesIn(projectDirectory)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => `${DIRECTORY}/${name}`);
}

/** Files that somebody takes for environments, and that would not be read. */
function misnamedFiles(projectDirectory: string): string[] {
  return namesIn(projectDirectory)
    .filter((name) => /\.ya?ml$/i.test(name) && !name.endsWith(ENDING))
    .map((name) => {
      const right = name.replace(/\.\w+$/, ENDING);
      return `${DIRECTORY}/${name}:1:1 the file's name must end in ${ENDING}: call it ${right}, or keep it elsewhere`;
    });
}

function namesIn(projectDirectory: string): string[] {
  const directory = path.join(projectDirectory, DIRECTORY);
  return fs.existsSync(directory) ? fs.readdirSync(directory).sort() : [];
}

function loadFile(file: string, projectDirectory: string): Loaded {
  const name = path.basename(file, ".yaml");
  const source = new SourceFile(file, fs.readFileSync(path.resolve(projectDirectory, file)));
  if (source.syntaxErrors.length > 0) return { source };

  const data = withDefaults(source.data);
  const { problems: shape, draft, sound } = parseFile(data);
  const labelled = labelledClusters(data);
  const reader = new ManifestReader(projectDirectory, sound);
  const environment = closeEnvironment(name, sound, labelled, (key, entry) => reader.setOf(key, entry));
  const claims = claimsOf(file, environment);
  const content = {
    name,
    projectDirectory,
    data,
    shape,
    draft,
    written: sound,
    environment,
    labelled,
    claims,
    manifests: reader.entries,
  };
  return { source, content };
}

/** The first claim to each thing, in the order of the files. */
function ownersOf(files: readonly Loaded[]): Map<string, Claim> {
  const owners = new Map<string, Claim>();
  for (const { content } of files) {
    for (const claim of content?.claims ?? []) if (!owners.has(claim.id)) owners.set(claim.id, claim);
  }
  return owners;
}
