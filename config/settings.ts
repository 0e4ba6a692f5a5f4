import path from "node:path";

/** What the surroundings decide, as opposed to the environment files. */
export interface Settings {
  /** Folder of cdktf.json: environment files, build contexts and output lie in it. */
  readonly projectDirectory: string;
  /** Environments to synthesize: names of files in environments/, or paths of other files. @default - all in environments/ */
  readonly environments?: readonly string[];
  /** Output folder. The cdktf CLI sets CDKTF_OUTDIR. @default cdktf.out in the project */
  readonly outputDirectory: string;
  /** Record where each cdktf token is created, to debug an error that names none of our code. @default false */
  readonly tokenTraces: boolean;
}

/** The only reader of environment variables: ENVIRONMENTS (separated by commas), CDKTF_OUTDIR, TOKEN_TRACES (1). */
export function settingsFrom(variables: NodeJS.ProcessEnv, projectDirectory: string): Settings {
  const environments = variables.ENVIRONMENTS?.split(",").map((name) => name.trim());
  return {
    projectDirectory,
    ...(environments && { environments }),
    outputDirectory: path.resolve(variables.CDKTF_OUTDIR ?? path.join(projectDirectory, "cdktf.out")),
    tokenTraces: variables.TOKEN_TRACES === "1",
  };
}
