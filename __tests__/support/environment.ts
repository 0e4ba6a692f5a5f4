import fs from "node:fs";
import path from "node:path";
import { App, TerraformStack, type AppConfig } from "cdktf";
import { loadConfiguration, type Configuration, type Environment } from "../../config";
import { stacksIn, temporaryFolder, type Blocks, type Json, type StackFile } from "./synthesized";

/** Writes files, by their paths in a new project folder that holds the build context of the demo as well. */
export function projectWith(files: Readonly<Record<string, string>>): string {
  const directory = temporaryFolder();
  for (const [name, content] of Object.entries({
    "docker-manifests/Dockerfile": "FROM scratch\nUSER 65532\n",
    ...files,
  })) {
    const file = path.join(directory, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  return directory;
}

/** Loads a project by the real loader. */
export function load(projectDirectory: string, environments?: readonly string[]): Configuration {
  const choice = environments && { environments };
  return loadConfiguration({ projectDirectory, outputDirectory: "cdktf.out", tokenTraces: false, ...choice });
}

/**
 * @returns The environment `demo` that a file with this content describes, checked and with defaults.
 * @param files Others of the project, by their paths.
 */
export function environmentFrom(yaml: string, files: Readonly<Record<string, string>> = {}): Environment {
  const [environment] = load(projectWith({ "environments/demo.yaml": yaml, ...files })).environments;
  if (!environment) throw new Error("the project has no environment");
  return environment;
}

/** Synthesizes an app for real, cross-stack references included, and reads its stacks, by their names. */
export function synthApp(build: (app: App) => void, options: AppConfig = {}): Record<string, StackFile> {
  const outdir = temporaryFolder();
  const app = new App({ ...options, outdir });
  build(app);
  app.synth();
  return Object.fromEntries(stacksIn(outdir).map((stack) => [stack.name, stack]));
}

/** Synthesizes an app and reads the stack that `build` returns. */
export function synthStack(build: (app: App) => TerraformStack, options?: AppConfig): StackFile {
  let name = "";
  const stacks = synthApp((app) => {
    name = build(app).node.id;
  }, options);
  const stack = stacks[name];
  if (!stack) throw new Error(`no stack ${name} among ${Object.keys(stacks).join(", ")}`);
  return stack;
}

/** Synthesizes what `build` puts into a stack called `stack`, which needs no providers. */
export function synthConstruct(build: (stack: TerraformStack) => void): StackFile {
  return synthStack(
    (app) => {
      const stack = new TerraformStack(app, "stack");
      build(stack);
      return stack;
    },
    { skipValidation: true },
  );
}

/** All resources of a type, without cdktf's remarks. */
export function resources({ json }: StackFile, type: string): Json[] {
  return blocks(json.resource, type);
}

/** The only resource of a type, without cdktf's remarks. */
export function resource(stack: StackFile, type: string): Json {
  return only(resources(stack, type), type);
}

/** The only data source of a type, without cdktf's remarks. */
export function dataSource({ json }: StackFile, type: string): Json {
  return only(blocks(json.data, type), `data.${type}`);
}

/** `<type>.<logical id>` of the only resource of a type, or with `data.` before the type, of the only data source. */
export function address({ json }: StackFile, type: string): string {
  const found = Object.keys(
    type.startsWith("data.") ? (json.data?.[type.slice(5)] ?? {}) : (json.resource?.[type] ?? {}),
  );
  if (found.length !== 1) throw new Error(`expected one ${type}, got ${found.length}`);
  return `${type}.${found.join()}`;
}

/** Types of the resources, `data.` before those of data sources, in alphabetical order. */
export function types({ json }: StackFile): string[] {
  return [...Object.keys(json.resource ?? {}), ...Object.keys(json.data ?? {}).map((type) => `data.${type}`)].sort();
}

function blocks(kinds: Blocks | undefined, type: string): Json[] {
  return Object.values(kinds?.[type] ?? {}).map((block) =>
    Object.fromEntries(Object.entries(block).filter(([name]) => name !== "//")),
  );
}

function only(found: readonly Json[], type: string): Json {
  const [block] = found;
  if (!block || found.length > 1) throw new Error(`expected one ${type}, got ${found.length}`);
  return block;
}
