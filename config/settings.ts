import path from "node:path";
import type { Shard } from "./shard";

/** What the surroundings decide, as opposed to the environment files. */
export interface Settings {
  /** Folder of cdktf.json: environment files, build contexts and output lie in it. */
  readonly projectDirectory: string;
  /** Environments to synthesize: names of files in environments/, or paths of other files. @default - all in environments/ */
  readonly environments?: readonly string[];
  /** Clusters to synthesize, by their keys, with the stacks that they need. @default - all of the environments */
  readonly clusters?: readonly string[];
  /** One part of the clusters, with the stacks that they need. @default - all */
  readonly shard?: Shard;
  /** Output folder. The cdktf CLI sets CDKTF_OUTDIR. @default cdktf.out in the project */
  readonly outputDirectory: string;
  /** Build every stack, also those that lie in the output folder as they would be built. @default false */
  readonly fresh?: boolean;
  /** Record where each cdktf token is created, to debug an error that names none of our code. @default false */
  readonly tokenTraces: boolean;
}

/**
 * Reads ENVIRONMENTS and CLUSTERS (separated by commas), CDKTF_OUTDIR, FRESH (1) and TOKEN_TRACES (1): all that decides what is synthesized.
 * Other variables are read where a program is run: tools/run.cjs, terraform/; or a terminal is written to: commands/.
 */
export function settingsFrom(variables: NodeJS.ProcessEnv, projectDirectory: string): Settings {
  const environments = listFrom(variables.ENVIRONMENTS);
  const clusters = listFrom(variables.CLUSTERS);
  return {
    projectDirectory,
    ...(environments && { environments }),
    ...(clusters && { clusters }),
    outputDirectory: path.resolve(variables.CDKTF_OUTDIR ?? path.join(projectDirectory, "cdktf.out")),
    ...(variables.FRESH === "1" && { fresh: true }),
    tokenTraces: variables.TOKEN_TRACES === "1",
  };
}

function listFrom(text: string | undefined): string[] | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  // A comma at the end names nothing.
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
