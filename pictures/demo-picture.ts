import { loadConfiguration } from "../config";
import { graphOf } from "./graph/graph";

/** The picture that the README shows. */
export async function demoPicture(projectDirectory: string): Promise<string> {
  const settings = { projectDirectory, environments: ["demo"], outputDirectory: "", tokenTraces: false };
  return graphOf(loadConfiguration(settings).environments, "svg");
}
