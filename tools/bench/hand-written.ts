import fs from "node:fs";
import path from "node:path";
import { Rehearsal, type RehearsalOptions } from "../../rehearsal";
import type { SynthesizedStack } from "../../synthesis/synthesized-stack";
import { STACK_FILE } from "../../synthesis/manifest";

/** A rehearsal of the same environment, in clouds of its own, with each stack's JSON replaced by tools/bench/hcl/<stack>/main.tf. */
export function handWritten(options: RehearsalOptions): Rehearsal {
  const rehearsal = new Rehearsal(options);
  for (const { stack } of rehearsal.stacks) {
    fs.rmSync(path.join(stack.directory, STACK_FILE));
    const source = path.join(options.projectDirectory, "tools/bench/hcl", stack.name, "main.tf");
    fs.copyFileSync(source, path.join(stack.directory, "main.tf"));
    fs.writeFileSync(path.join(stack.directory, "terraform.tfvars.json"), JSON.stringify(buildVariables(stack)));
  }
  return rehearsal;
}

/** Values that a pipeline would work out and pass to the images stack. */
function buildVariables({ json }: SynthesizedStack): Readonly<Record<string, string>> {
  const [image] = Object.values(json.resource?.docker_image ?? {}) as {
    build: { context: string };
    triggers: { source: string };
  }[];
  return image ? { build_context: image.build.context, source_hash: image.triggers.source } : {};
}
