import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { StackJson } from "../synthesis/synthesized-stack";
import { terraformBinary } from "../terraform/terraform";

type TerraformBlock = StackJson["terraform"];

/** Name of Terraform's lock file in a stack's folder. */
export const LOCK_FILE = ".terraform.lock.hcl";

/** Where Terraform keeps what its init makes: whoever removes that folder removes this as well. */
const MARK = ".terraform/acr-pull-init";

/**
 * Whether a stack's folder is as the last init of ours left it, for what it is now: backend, providers, their lock file, and the
 * program. An init that has nothing to do costs as much as a plan.
 * @param terraform Block of the stack.
 * @param variables That init was given.
 */
export function isInitialized(directory: string, terraform: TerraformBlock, variables: NodeJS.ProcessEnv): boolean {
  const file = path.join(directory, MARK);
  return fs.existsSync(file) && fs.readFileSync(file, "utf8") === markOf(directory, terraform, variables);
}

/** To be called after an init. */
export function markInitialized(directory: string, terraform: TerraformBlock, variables: NodeJS.ProcessEnv): void {
  const file = path.join(directory, MARK);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, markOf(directory, terraform, variables));
}

function markOf(directory: string, terraform: TerraformBlock, variables: NodeJS.ProcessEnv): string {
  const lock = path.join(directory, LOCK_FILE);
  const parts = [terraform, fs.existsSync(lock) ? fs.readFileSync(lock, "utf8") : "", terraformBinary(), variables];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
