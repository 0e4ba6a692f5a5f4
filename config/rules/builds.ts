import fs from "node:fs";
import path from "node:path";
import type { Origin } from "../environment";
import type { RuleContext } from "./rule";

/** An image that is built by a Docker engine, and its sources. */
export interface Build {
  /** Of the image. */
  readonly key: string;
  /** Place in the environment file. */
  readonly at: readonly string[];
  readonly origin: Extract<Origin, { kind: "docker" }>;
  /** Where its context really is: in the project's folder, in another one, or in none. */
  readonly place: "below" | "outside" | "nowhere";
  /** Whether the context may be where it is. */
  readonly isTaken: boolean;
  /** Path of the Dockerfile. @default - there is none in the context */
  readonly file: string | undefined;
}

/** Images that are built from sources on this machine. */
export function buildsOf({ environment, projectDirectory }: RuleContext): Build[] {
  return Object.entries(environment.images).flatMap(([key, { origin }]) => {
    if (origin.kind !== "docker") return [];
    const { context, allowOutside, dockerfile } = origin;
    const place = placeOf(context, projectDirectory);
    const isTaken = place === "below" || (place === "outside" && allowOutside);
    const file = path.join(projectDirectory, context, dockerfile.text);
    const hasFile = isTaken && isBelow(dockerfile.text) && statOf(file)?.isFile() === true;
    return [{ key, at: ["images", key, "build", "docker"], origin, place, isTaken, file: hasFile ? file : undefined }];
  });
}

/** Where a folder really lies: a link, or a step down and up again, may lead elsewhere than its path says. */
function placeOf(folder: string, projectDirectory: string): Build["place"] {
  const directory = path.resolve(projectDirectory, folder);
  if (path.isAbsolute(folder) || !statOf(directory)?.isDirectory()) return "nowhere";
  const [real, project] = [fs.realpathSync(directory), fs.realpathSync(projectDirectory)];
  return real.startsWith(project + path.sep) ? "below" : "outside";
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
