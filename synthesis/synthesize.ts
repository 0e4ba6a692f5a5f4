import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildApp } from "../app";
import type { Environment, Settings } from "../config";
import { publish } from "./publish";
import { writeRunOrder } from "./run-order";
import { disableTokenTraces } from "./token-traces";

/**
 * Writes the Terraform JSON of the environments to the output folder.
 *
 * Synthesis goes to a folder of its own first: whatever goes wrong in it, the previous output stays as it was.
 */
export function synthesize(environments: readonly Environment[], settings: Settings): void {
  if (!settings.tokenTraces) disableTokenTraces();
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "acr-pull-"));
  try {
    buildApp({ environments, projectDirectory: settings.projectDirectory, outdir }).synth();
    writeRunOrder(outdir);
    publish(outdir, settings.outputDirectory);
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}
