import fs from "node:fs";
import { devNull } from "node:os";
import path from "node:path";
import { reattachEnvironment } from "./plugin";
import { rfc3339 } from "./providers/values";
import type { Rehearsal } from "./rehearsal";
import { serveProviders } from "./servers";
import { HARDLY_COLLECTING } from "../terraform/terraform";
import { runProcess, type Finished } from "../terraform/process";

export interface CdktfOptions {
  readonly rehearsal: Rehearsal;
  /** The environment's file, relative to the project. */
  readonly file: string;
  /** Keys of the clusters that take part. */
  readonly clusters: readonly string[];
  readonly projectDirectory: string;
}

/**
 * Runs the user's own command, `cdktf deploy '*'` or `cdktf destroy '*'`, against the rehearsal's clouds. It synthesizes
 * anew by cdktf.json's command, into the rehearsal's folder: states in the project are not touched.
 */
export async function runCdktf(command: "deploy" | "destroy", options: CdktfOptions): Promise<Finished> {
  const { rehearsal, file, clusters, projectDirectory } = options;
  const settings = JSON.parse(fs.readFileSync(path.join(projectDirectory, "cdktf.json"), "utf8")) as object;
  const paths = [process.execPath, `${projectDirectory}/tools/run.cjs`, `${projectDirectory}/main.ts`];
  // The command hands this to a shell.
  const app = paths.map((place) => `"${place}"`).join(" ");
  fs.writeFileSync(path.join(rehearsal.folder, "cdktf.json"), JSON.stringify({ ...settings, app }));

  const stacks = rehearsal.stacks.map(({ stack }) => stack);
  // Other people act between stacks, and the command runs all of them at once.
  const servers = await serveProviders(stacks, rehearsal.clouds, {
    intercept: () => {
      rehearsal.world.othersActed();
      return undefined;
    },
  });
  const flags = ["--auto-approve", "--skip-provider-lock"];
  const env = {
    ...process.env,
    ...HARDLY_COLLECTING,
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    CI: "1",
    TF_CLI_CONFIG_FILE: devNull,
    ENVIRONMENTS: file,
    CLUSTERS: clusters.join(","),
    TF_REATTACH_PROVIDERS: reattachEnvironment(servers),
    TF_VAR_now: rfc3339(rehearsal.clouds.clock.now()),
    TF_VAR_present: rfc3339(rehearsal.clouds.clock.now()),
  };
  try {
    const cdktf = path.join(projectDirectory, "node_modules/.bin/cdktf");
    return await runProcess(cdktf, [command, "*", ...flags], { cwd: rehearsal.folder, env });
  } finally {
    for (const server of servers) server.close();
  }
}
