import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadConfiguration } from "../../config";
import { synthesizeAtOnce } from "../../synthesis/synthesize";

/** Root of the project. */
export const PROJECT = path.resolve(__dirname, "../..");

/** Environment files that the project ships. */
export const SHIPPED = [
  "environments/demo.yaml",
  "examples/adopted-by-hand.yaml",
  "examples/adopted-registry.yaml",
  "examples/all-options.yaml",
  "examples/federated.yaml",
  "examples/fleet.yaml",
  "examples/manifests.yaml",
  "examples/production.yaml",
  "examples/pull-methods.yaml",
  "examples/pull-secret-only.yaml",
  "examples/stages/prod.yaml",
  "examples/workloads.yaml",
];

export type Json = Record<string, unknown>;

/** Blocks of one kind by type and name, as in Terraform JSON. */
export type Blocks = Record<string, Record<string, Json>>;

/** One synthesized stack. */
export interface StackFile {
  readonly name: string;
  readonly text: string;
  readonly json: {
    readonly resource?: Blocks;
    readonly data?: Blocks;
    readonly ephemeral?: Blocks;
    readonly provider?: Record<string, Json[]>;
    readonly locals?: Json;
    readonly variable?: Record<string, Json>;
    readonly removed?: readonly Json[];
    readonly import?: readonly Json[];
    readonly check?: Record<string, Json>;
    readonly output?: Record<string, { value: string; sensitive?: boolean }>;
    readonly terraform: { backend?: Record<string, Json>; cloud?: Json; required_providers?: Record<string, Json> };
  };
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** @returns A new folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "acr-pull-test-"));
  folders.push(folder);
  return folder;
}

/** Paths of all files below a folder, relative to it and in order. */
export function filesIn(folder: string): string[] {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
}

/**
 * Synthesizes environment files as `npm run synth` does.
 * @param files Paths, absolute or relative to the project.
 * @returns The output folder.
 */
export function synthesizeFiles(
  files: readonly string[],
  outputDirectory = temporaryFolder(),
  projectDirectory = PROJECT,
): string {
  const settings = { projectDirectory, environments: files, outputDirectory, tokenTraces: false };
  synthesizeAtOnce(loadConfiguration(settings).environments, settings);
  return outputDirectory;
}

/** Writes `yaml` to a file of its own and synthesizes it. */
export function synthesizeYaml(yaml: string, { name = "test", outdir = temporaryFolder() } = {}): string {
  const file = path.join(temporaryFolder(), `${name}.yaml`);
  fs.writeFileSync(file, yaml);
  return synthesizeFiles([file], outdir);
}

/** The stacks in an output folder, in the order of their names. */
export function stacksIn(outdir: string): StackFile[] {
  return fs
    .readdirSync(path.join(outdir, "stacks"))
    .sort()
    .map((name) => {
      const text = fs.readFileSync(path.join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
      return { name, text, json: JSON.parse(text) as StackFile["json"] };
    });
}

/** The stack whose name ends so. */
export function stackIn(outdir: string, ending: string): StackFile {
  const stack = stacksIn(outdir).find(({ name }) => name.endsWith(ending));
  if (!stack) throw new Error(`no stack …${ending} in ${outdir}`);
  return stack;
}

/** All resources of one type, by their logical ids. */
export function resourcesOf({ json }: StackFile, type: string): Json[] {
  return Object.values(json.resource?.[type] ?? {});
}
