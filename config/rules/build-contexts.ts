import fs from "node:fs";
import path from "node:path";
import type { Finding, Rule, RuleContext } from "./rule";

/** A bad path would build the working folder instead. */
const context: Rule = {
  id: "build-context",
  about: "images.<key>.build.docker.context",
  message: "must be a folder below the folder of cdktf.json",
  check: (given) => builds(given).flatMap(({ at, isFound }) => (isFound ? [] : [{ path: [...at, "context"] }])),
};

const dockerfile: Rule = {
  id: "dockerfile",
  about: "images.<key>.build.docker.dockerfile",
  message: "must be a file in {context}/",
  check: (given) =>
    builds(given).flatMap((build): Finding[] => {
      const { at, isFound, folder, file } = build;
      if (!isFound || (isBelow(file) && statOf(path.join(given.projectDirectory, folder, file))?.isFile())) return [];
      return [{ path: [...at, "dockerfile"], values: { context: folder } }];
    }),
};

export const buildContextRules = [context, dockerfile];

function builds({ environment, projectDirectory }: RuleContext) {
  return Object.entries(environment.images).flatMap(([key, { origin }]) => {
    if (origin.kind !== "docker") return [];
    const {
      context: folder,
      dockerfile: { text: file },
    } = origin;
    const isFound = isBelow(folder) && statOf(path.join(projectDirectory, folder))?.isDirectory() === true;
    return [{ at: ["images", key, "build", "docker"], folder, file, isFound }];
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
