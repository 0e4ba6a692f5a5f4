import path from "node:path";
import { contextEntries } from "../context-entries";
import { buildsOf } from "./builds";
import type { Rule, RuleContext } from "./rule";

/** A bad path would build the working folder instead. */
const context: Rule = {
  id: "build-context",
  about: "images.<key>.build.docker.context",
  message: "must be a folder below the folder of cdktf.json, or stand beside allowOutside: true",
  check: (given) =>
    buildsOf(given).flatMap(({ at, place, origin: { allowOutside } }) =>
      place === "below" || allowOutside ? [] : [{ path: [...at, "context"] }],
    ),
};

const anywhere: Rule = {
  id: "build-context-outside",
  about: "images.<key>.build.docker.context",
  message: "must be a folder, relative to the folder of cdktf.json",
  check: (given) =>
    buildsOf(given).flatMap(({ at, place, origin: { allowOutside } }) =>
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
    buildsOf(given)
      .filter(({ isTaken, file }) => isTaken && file === undefined)
      .map(({ at, origin }) => ({ path: [...at, "dockerfile"], values: { context: origin.context } })),
};

export const buildContextRules = [context, anywhere, dockerfile, links, leftOut];

/** Of the contexts that can be read. */
function contents(given: RuleContext) {
  return buildsOf(given).flatMap(({ at, isTaken, origin }) =>
    isTaken
      ? [{ at, ...contextEntries(path.join(given.projectDirectory, origin.context), origin.dockerfile.text) }]
      : [],
  );
}
