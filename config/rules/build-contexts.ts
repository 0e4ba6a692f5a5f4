import fs from "node:fs";
import path from "node:path";
import { contextEntries } from "../context-entries";
import type { Finding, Rule, RuleContext } from "./rule";

/** A bad path would build the working folder instead. */
const context: Rule = {
  id: "build-context",
  about: "images.<key>.build.docker.context",
  message: "must be a folder below the folder of cdktf.json",
  check: (given) =>
    builds(given).flatMap(({ at, place, allowOutside }) =>
      place === "below" || allowOutside ? [] : [{ path: [...at, "context"] }],
    ),
};

const anywhere: Rule = {
  id: "build-context-outside",
  about: "images.<key>.build.docker.context",
  message: "must be a folder, relative to the folder of cdktf.json",
  check: (given) =>
    builds(given).flatMap(({ at, place, allowOutside }) =>
      place === "nowhere" && allowOutside ? [{ path: [...at, "context"] }] : [],
    ),
};

const links: Rule = {
  id: "build-context-links",
  about: "images.<key>.build.docker.context",
  message: "must hold no symbolic link that leads out of it, and holds {links}",
  check: (given) =>
    contents(given).flatMap(({ at, leadOut }) =>
      leadOut.length > 0 ? [{ path: [...at, "context"], values: { links: leadOut.join(", ") }, showValue: false }] : [],
    ),
};

const leftOut: Rule = {
  id: "build-context-left-out",
  about: "images.<key>.build.docker.context",
  message: "is taken without {names}: name them in its .dockerignore",
  warns: true,
  check: (given) =>
    contents(given).flatMap(({ at, leftOut: names }) =>
      names.length > 0 ? [{ path: [...at, "context"], values: { names: names.join(", ") }, showValue: false }] : [],
    ),
};

const dockerfile: Rule = {
  id: "dockerfile",
  about: "images.<key>.build.docker.dockerfile",
  message: "must be a file in {context}/",
  check: (given) =>
    builds(given).flatMap((build): Finding[] => {
      const { at, isTaken, folder, file } = build;
      if (!isTaken || (isBelow(file) && statOf(path.join(given.projectDirectory, folder, file))?.isFile())) return [];
      return [{ path: [...at, "dockerfile"], values: { context: folder } }];
    }),
};

export const buildContextRules = [context, anywhere, dockerfile, links, leftOut];

function builds({ environment, projectDirectory }: RuleContext) {
  return Object.entries(environment.images).flatMap(([key, { origin }]) => {
    if (origin.kind !== "docker") return [];
    const {
      context: folder,
      allowOutside,
      dockerfile: { text: file },
    } = origin;
    const place = placeOf(folder, projectDirectory);
    const isTaken = place === "below" || (place === "outside" && allowOutside);
    return [{ at: ["images", key, "build", "docker"], folder, file, place, allowOutside, isTaken }];
  });
}

/** Of the contexts that can be read. */
function contents(given: RuleContext) {
  return builds(given).flatMap(({ at, isTaken, folder, file }) =>
    isTaken ? [{ at, ...contextEntries(path.join(given.projectDirectory, folder), file) }] : [],
  );
}

/** Where a folder really lies: a link, or a step down and up again, may lead elsewhere than its path says. */
function placeOf(folder: string, projectDirectory: string): "below" | "outside" | "nowhere" {
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
