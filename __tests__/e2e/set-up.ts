import { provideBaseImage } from "./base-image";
import { startEngine, type Engine } from "./engine";
import { missingPrograms } from "./missing";
import { realParts } from "./real-parts/given";

declare global {
  // What set-up and tear-down share: jest loads the two apart.
  var engine: Engine | undefined;
}

/** Starts the engine that all tests share, or leaves word in E2E_UNAVAILABLE of why there is none. */
export default async function setUp(): Promise<void> {
  const parts = realParts();
  if (typeof parts === "string") console.warn(`Nothing is deployed on a real cluster: ${parts}`);
  let reason = missingPrograms();
  try {
    if (reason === undefined) {
      globalThis.engine = await startEngine();
      process.env.DOCKER_HOST = globalThis.engine.host;
      await provideBaseImage();
    }
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  if (reason === undefined) return;
  process.env.E2E_UNAVAILABLE = reason;
  // Here, because jest shows nothing of a file whose tests are all skipped.
  console.warn(`All e2e tests are skipped: ${reason}`);
}
