import fs from "node:fs";
import path from "node:path";
import { STACK_FILE, listStacks } from "./manifest";
import { wavesOf } from "./waves";

/** The part of a stack's Terraform JSON that is read again. */
export interface StackJson {
  readonly import?: readonly { readonly to: string }[];
  readonly resource?: Readonly<Record<string, object>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly ephemeral?: Readonly<Record<string, object>>;
  readonly terraform: {
    readonly backend?: { readonly local?: { readonly path: string } };
    readonly cloud?: object;
    readonly required_providers?: Readonly<Record<string, { readonly source: string; readonly version: string }>>;
  };
}

/** One synthesized stack in an output folder. */
export interface SynthesizedStack {
  readonly name: string;
  /** Names of the stacks that come before it. */
  readonly dependencies: readonly string[];
  /** Absolute path of the folder that Terraform runs in. */
  readonly directory: string;
  readonly json: StackJson;
}

/** @returns The stacks of an output folder, each after those that it depends on. */
export function readStacks(outdir: string): SynthesizedStack[] {
  const stacks = listStacks(outdir).map(({ name, workingDirectory, dependencies }) => {
    const directory = path.join(outdir, workingDirectory);
    return { name, dependencies, directory, json: readStackJson(directory) };
  });
  return wavesOf(stacks).flat();
}

/** @param directory Of the stack. @throws {Error} Where its file is not there, or is no JSON. */
export function readStackJson(directory: string): StackJson {
  return JSON.parse(fs.readFileSync(path.join(directory, STACK_FILE), "utf8")) as StackJson;
}
