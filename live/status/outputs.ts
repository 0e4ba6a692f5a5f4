import * as z from "zod";
import { stackOutputs } from "../stack-outputs";

/** What an identity stack says of the credential that its cluster gets. */
export interface IdentityOutputs {
  readonly username: string;
  readonly expires: string;
  readonly applyBefore: string;
  readonly slot: number;
}

const schema = z.object({
  username: z.string(),
  expires: z.string(),
  apply_before: z.string(),
  active_slot: z.number(),
});

/** @param directory The stack's folder. @returns Undefined where its state cannot be read. */
export async function identityOutputs(directory: string): Promise<IdentityOutputs | undefined> {
  const { data } = schema.safeParse(await stackOutputs(directory));
  if (!data) return undefined;
  const { username, expires, apply_before: applyBefore, active_slot: slot } = data;
  return { username, expires, applyBefore, slot };
}
