import fs from "node:fs";
import path from "node:path";
import { stateKey } from "../config/names";
import type { SynthesizedStack } from "../synthesis/synthesized-stack";

const OVERRIDE = "rehearsal_override.tf.json";

/**
 * Puts the states of stacks with another backend than `local` beside the others, by an override file next to the stack's
 * own, which stays as it is: https://developer.hashicorp.com/terraform/language/files/override
 * @param folder Below theirs, with a slash: what stands for another backend than the first. @default - none
 */
export function keepStatesLocal(stacks: readonly SynthesizedStack[], folder = ""): void {
  for (const { name, directory, json } of stacks) {
    const file = path.join(directory, OVERRIDE);
    fs.rmSync(file, { force: true });
    if (json.terraform.backend?.local && folder === "") continue;
    const remoteStates = Object.keys(json.data?.terraform_remote_state ?? {});
    const data = remoteStates.map((id) => {
      return [
        id,
        { backend: "local", config: { path: stateFile(id.replace("cross-stack-reference-input-", ""), folder) } },
      ];
    });
    const override = {
      terraform: { backend: { local: { path: stateFile(name, folder) } } },
      ...(data.length > 0 && { data: { terraform_remote_state: Object.fromEntries(data) as object } }),
    };
    fs.writeFileSync(file, JSON.stringify(override, null, 2));
  }
}

/** The same place that the local backend of a stack uses. */
function stateFile(stack: string, folder: string): string {
  return stateKey({ kind: "local" }, stack).replace(/[^/]+$/, (name) => `${folder}${name}`);
}
