import fs from "node:fs";
import path from "node:path";
import { stateKey } from "../config/names";
import type { SynthesizedStack } from "../synthesis/synthesized-stack";

/**
 * Puts the states of stacks with another backend than `local` beside the others, by an override file next to the stack's
 * own, which stays as it is: https://developer.hashicorp.com/terraform/language/files/override
 */
export function keepStatesLocal(stacks: readonly SynthesizedStack[]): void {
  for (const { name, directory, json } of stacks) {
    if (json.terraform.backend?.local) continue;
    const remoteStates = Object.keys(json.data?.terraform_remote_state ?? {});
    const data = remoteStates.map((id) => {
      return [id, { backend: "local", config: { path: stateFile(id.replace("cross-stack-reference-input-", "")) } }];
    });
    const override = {
      terraform: { backend: { local: { path: stateFile(name) } } },
      ...(data.length > 0 && { data: { terraform_remote_state: Object.fromEntries(data) as object } }),
    };
    fs.writeFileSync(path.join(directory, "rehearsal_override.tf.json"), JSON.stringify(override, null, 2));
  }
}

/** The same place that the local backend of a stack uses. */
function stateFile(stack: string): string {
  return stateKey({ kind: "local" }, stack);
}
