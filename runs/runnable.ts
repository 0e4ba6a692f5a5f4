import path from "node:path";
import { completePublication } from "../synthesis/publication";
import { readRunOrder } from "../synthesis/run-order";
import { selectWaves, type StackSelection } from "../synthesis/selection";
import type { RunnableStack } from "./stack-run";

/** The waves of an output folder, with the stacks that are meant. @throws {UserError} As `selectWaves` does. */
export function runnableWaves(outputDirectory: string, selection: StackSelection): RunnableStack[][] {
  completePublication(outputDirectory);
  const waves = selectWaves(outputDirectory, selection);
  const stacks = readRunOrder(outputDirectory)?.stacks ?? {};
  return waves.map((wave) =>
    wave.flatMap((name) => {
      const stack = stacks[name];
      return stack ? [{ ...stack, name, directory: path.join(outputDirectory, stack.directory) }] : [];
    }),
  );
}

/** The same in reverse, as for a destroy. */
export function reversed(waves: readonly (readonly RunnableStack[])[]): RunnableStack[][] {
  return waves.map((wave) => [...wave]).reverse();
}

/** For each stack those that depend on it. */
export function dependentsOf(waves: readonly (readonly RunnableStack[])[]): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const { name, dependencies } of waves.flat()) {
    for (const other of dependencies) dependents.set(other, [...(dependents.get(other) ?? []), name]);
  }
  return dependents;
}
