import fs from "node:fs";
import path from "node:path";
import type { Problem } from "./problem";
import type { ImageConfig } from "./schema/environment";

/** Build contexts must lie in the project and hold their Dockerfile. A bad path would build the working folder instead. */
export function buildContextProblems(
  images: Readonly<Record<string, ImageConfig>>,
  projectDirectory: string,
): Problem[] {
  return Object.entries(images).flatMap(([key, { build }]) => {
    if (!build?.docker) return [];
    const { context, dockerfile } = build.docker;
    const at = ["images", key, "build", "docker"];
    if (!isBelow(context) || !statOf(path.join(projectDirectory, context))?.isDirectory()) {
      return [{ path: [...at, "context"], rule: "must be a folder below the folder of cdktf.json" }];
    }
    if (!isBelow(dockerfile) || !statOf(path.join(projectDirectory, context, dockerfile))?.isFile()) {
      return [{ path: [...at, "dockerfile"], rule: `must be a file in ${context}/`, showValue: true }];
    }
    return [];
  });
}

/** Below the folder that it is relative to, without a step out of it. */
function isBelow(relative: string): boolean {
  return !path.isAbsolute(relative) && path.normalize(relative) !== "." && !relative.split("/").includes("..");
}

function statOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file);
  } catch {
    return undefined;
  }
}
