import { BASE_IMAGE } from "./base-image";
import { docker } from "../../preview/docker";

/** Removes and stops what set-up made and started. */
export default async function tearDown(): Promise<void> {
  if (process.env.E2E_UNAVAILABLE === undefined) await docker(["image", "rm", "--force", BASE_IMAGE]);
  await globalThis.engine?.stop();
}
