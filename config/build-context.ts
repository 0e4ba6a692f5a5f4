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
    if (!build) return [];
    const { context, dockerfile } = build.docker;
    const at = ["images", key, "build", "docker"];
    const folder = path.resolve(projectDirectory, context);
    if (!isInside(projectDirectory, folder) || !fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      return [{ path: [...at, "context"], rule: "must be a folder below the folder of cdktf.json" }];
    }
    const file = path.resolve(folder, dockerfile);
    if (!isInside(folder, file) || !fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
      return [{ path: [...at, "dockerfile"], rule: `must be a file in ${context}/`, showValue: true }];
    }
    return [];
  });
}

function isInside(parent: string, child: string): boolean {
  const relative = path.relative(parent, child);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
