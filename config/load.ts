import fs from "node:fs";
import path from "node:path";
import { claimsOf, type Claim } from "./claims";
import { closeEnvironment } from "./close";
import { withDefaults } from "./defaults";
import type { Environment, SoundEnvironment } from "./environment";
import { labelledClusters } from "./labels";
import { Layers } from "./layers";
import { ManifestReader } from "./manifest-reader";
import { atOrigins } from "./origins";
import { parseFile } from "./parse";
import { ConfigError } from "./problem";
import { refusals, warnings } from "./rules";
import type { RuleContext } from "./rules/rule";
import { selectClusters, selectShard } from "./selection";
import type { Settings } from "./settings";

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
  readonly source: Layers;
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
export function loadConfiguration({
  projectDirectory,
  environments: choices,
  clusters,
  shard,
}: Settings): Configuration {
  const present = environmentFiles(projectDirectory).map((file) => Layers.read(file, projectDirectory));
  const extenders = new Map(present.flatMap((file) => file.bases.map((base) => [base, file.path] as const)));
  // What environments share is none itself.
  const there = present.filter((file) => !extenders.has(file.path));
  const chosen =
    choices?.map((choice) => (choice.endsWith(".yaml") ? path.normalize(choice) : `${DIRECTORY}/${choice}.yaml`)) ??
    there.map((file) => file.path);
  const names = there.map((file) => path.basename(file.path, ".yaml"));
  const rule = `must name environments (${names.join(", ")}) or paths of .yaml files`;
  if (choices?.length === 0) throw new ConfigError([`ENVIRONMENTS ${rule}, and names none`]);
  const wrong = chosen.flatMap((file) => {
    if (!fs.existsSync(path.resolve(projectDirectory, file))) return [`there is no ${file}`];
    const extender = extenders.get(file);
    return extender === undefined ? [] : [`${file} is none, since ${extender} extends it`];
  });
  if (wrong.length > 0) throw new ConfigError(wrong.map((why) => `ENVIRONMENTS ${rule}, and ${why}`));
  if (present.length === 0 && chosen.length === 0)
    throw new ConfigError([`${DIRECTORY}/ must hold a file <environment>.yaml`]);

  const others = [...new Set(chosen)].filter((file) => there.every((one) => one.path !== file));
  const loaded = [...there, ...others.map((file) => Layers.read(file, projectDirectory))]
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map((source) => loadFile(source, projectDirectory));
  const owners = ownersOf(loaded);
  const files = loaded.map(({ source, content }) => ({ source, context: content && { ...content, owners } }));
  const lines = files.flatMap(({ source, context }) => [
    ...source.syntaxErrors,
    ...(context ? source.describe(atOrigins([...context.shape, ...refusals(context)], source.data)) : []),
    ...[...(context?.manifests.values() ?? [])].flatMap((entry) => entry.lines),
  ]);
  lines.push(...present.flatMap(({ syntaxErrors }) => syntaxErrors), ...misnamedFiles(projectDirectory));
  // What several files extend is wrong once.
  if (lines.length > 0) throw new ConfigError([...new Set(lines)]);

  const picked = files.flatMap(({ source, context }) =>
    context && isWhole(context.environment) && chosen.includes(source.path)
      ? [{ source, context, environment: context.environment }]
      : [],
  );
  const whole = picked.map(({ environment }) => environment);
  const some = clusters ? selectClusters(whole, clusters) : whole;
  const environments = shard ? selectShard(some, shard) : some;
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

function loadFile(source: Layers, projectDirectory: string): Loaded {
  const file = source.path;
  const name = path.basename(file, ".yaml");
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
