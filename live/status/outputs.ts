import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { runProcess } from "../../terraform/process";
import { terraformBinary } from "../../terraform/terraform";
import { jsonOf } from "../http";

/** What an identity stack says of the credential that its cluster gets. */
export interface IdentityOutputs {
  readonly username: string;
  readonly expires: string;
  readonly applyBefore: string;
  readonly slot: number;
}

const schema = z.object({
  username: z.object({ value: z.string() }),
  expires: z.object({ value: z.string() }),
  apply_before: z.object({ value: z.string() }),
  active_slot: z.object({ value: z.number() }),
});

/**
 * Asks Terraform for the outputs of a stack's state, wherever that is. Secrets among them are dropped at once.
 *
 * @param directory The stack's folder, after `terraform init`.
 * @returns Undefined where there is no such folder, no state, or no right to read it.
 */
export async function identityOutputs(directory: string): Promise<IdentityOutputs | undefined> {
  if (!fs.existsSync(path.join(directory, ".terraform"))) return undefined;
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  const { code, stdout } = await runProcess(terraformBinary(), ["output", "-json", "-no-color"], {
    cwd: directory,
    env,
  });
  const { data } = schema.safeParse(code === 0 ? jsonOf(stdout) : undefined);
  if (!data) return undefined;
  return {
    username: data.username.value,
    expires: data.expires.value,
    applyBefore: data.apply_before.value,
    slot: data.active_slot.value,
  };
}
