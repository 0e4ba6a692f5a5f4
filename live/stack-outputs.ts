import fs from "node:fs";
import path from "node:path";
import { runProcess } from "../terraform/process";
import { terraformBinary } from "../terraform/terraform";
import { jsonOf } from "./http";

/**
 * Asks Terraform for the outputs in a stack's state, wherever that is: by name, secrets among them.
 *
 * @param directory The stack's folder, after `terraform init`.
 * @returns Undefined where there is no such folder, no state, or no right to read it.
 */
export async function stackOutputs(directory: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!fs.existsSync(path.join(directory, ".terraform"))) return undefined;
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  const args = ["output", "-json", "-no-color"];
  const { code, stdout } = await runProcess(terraformBinary(), args, { cwd: directory, env });
  const outputs = code === 0 ? (jsonOf(stdout) as Record<string, { value: unknown }> | undefined) : undefined;
  return outputs && Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}
