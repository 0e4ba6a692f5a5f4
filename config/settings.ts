import path from "node:path";

/** What the surroundings decide, as opposed to the environment files. */
export interface Settings {
  /** Folder of cdktf.json: environment files, build contexts and output lie in it. */
  readonly projectDirectory: string;
  /** Names of the environments to synthesize. @default - all files in environments/ */
  readonly environments?: readonly string[];
  /** Output folder. The cdktf CLI sets CDKTF_OUTDIR. @default cdktf.out in the project */
  readonly outputDirectory: string;
}

/** The only reader of environment variables: ENVIRONMENTS (names, separated by commas) and CDKTF_OUTDIR. */
export function settingsFrom(variables: NodeJS.ProcessEnv, projectDirectory: string): Settings {
  const environments = variables.ENVIRONMENTS?.split(",").map((name) => name.trim());
  return {
    projectDirectory,
    ...(environments && { environments }),
    outputDirectory: path.resolve(projectDirectory, variables.CDKTF_OUTDIR ?? "cdktf.out"),
  };
}
