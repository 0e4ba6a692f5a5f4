import { spawn } from "node:child_process";
import fs from "node:fs";
import { devNull } from "node:os";
import path from "node:path";
import { reattachEnvironment } from "./plugin";
import { rfc3339 } from "./providers/values";
import type { Rehearsal } from "./rehearsal";
import { serveProviders } from "./servers";

export interface CdktfOptions {
  readonly rehearsal: Rehearsal;
  /** The environment's file, relative to the project. */
  readonly file: string;
  /** Keys of the clusters that take part. */
  readonly clusters: readonly string[];
  readonly projectDirectory: string;
}

/** How the command ended. */
export interface CdktfResult {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs the user's own command, `cdktf deploy '*'` or `cdktf destroy '*'`, against the rehearsal's clouds. It synthesizes
 * anew by cdktf.json's command, into the rehearsal's folder: states in the project are not touched.
 */
export async function runCdktf(command: "deploy" | "destroy", options: CdktfOptions): Promise<CdktfResult> {
  const { rehearsal, file, clusters, projectDirectory } = options;
  const settings = JSON.parse(fs.readFileSync(path.join(projectDirectory, "cdktf.json"), "utf8")) as object;
  const app = `${process.execPath} ${projectDirectory}/bin/run.cjs ${projectDirectory}/main.ts`;
  fs.writeFileSync(path.join(rehearsal.folder, "cdktf.json"), JSON.stringify({ ...settings, app }));

  const stacks = rehearsal.stacks.map(({ stack }) => stack);
  // Other people act between stacks, and the command runs all of them at once.
  const servers = await serveProviders(stacks, rehearsal.clouds, () => {
    rehearsal.world.othersActed();
  });
  const flags = ["--auto-approve", "--skip-provider-lock"];
  const child = spawn(path.join(projectDirectory, "node_modules/.bin/cdktf"), [command, "*", ...flags], {
    cwd: rehearsal.folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      CI: "1",
      TF_CLI_CONFIG_FILE: devNull,
      ENVIRONMENTS: file,
      CLUSTERS: clusters.join(","),
      TF_REATTACH_PROVIDERS: reattachEnvironment(servers),
      TF_VAR_now: rfc3339(rehearsal.clouds.clock.now()),
    },
  });
  try {
    return await new Promise((resolve, reject) => {
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      child.on("error", reject);
      child.on("close", (code) => {
        resolve({ code: code ?? 1, output });
      });
    });
  } finally {
    for (const server of servers) server.close();
  }
}
