import fs from "node:fs";
import { stageNames, userOf, type User } from "../dockerfile";
import { suggestion } from "../problem";
import { written } from "../text";
import { buildsOf, type Build } from "./builds";
import type { Finding, Rule } from "./rule";

const target: Rule = {
  id: "build-stage",
  about: "images.<key>.build.docker.target",
  message: "must be a stage of {dockerfile}",
  check: (context) =>
    buildsOf(context).flatMap(({ at, origin, file }): Finding[] => {
      const { target: stage } = origin;
      if (stage === undefined || file === undefined) return [];
      const names = stageNames(fs.readFileSync(file, "utf8"));
      // A number counts the stages.
      if (/^\d+$/.test(stage) || names.some((name) => name.toLowerCase() === stage.toLowerCase())) return [];
      return [
        { path: [...at, "target"], values: { dockerfile: nameOf(origin) }, suggestion: suggestion(stage, names) },
      ];
    }),
};

const user: Rule = {
  id: "user-of-image",
  about: "workloads.<key>.runAsUser",
  message: "is required, or a number other than 0 as the last USER of {dockerfile}: {why}",
  source: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
  check: (context) => {
    const faults = new Map(
      buildsOf(context).flatMap(({ key, origin, file }) => {
        if (file === undefined) return [];
        const options = { target: origin.target, args: written(origin.args) };
        const why = faultOf(userOf(fs.readFileSync(file, "utf8"), options));
        return why === undefined ? [] : [[key, { dockerfile: nameOf(origin), why }] as const];
      }),
    );
    return Object.entries(context.environment.workloads).flatMap(
      ([key, { image, runAsUser, runAsRoot }]): Finding[] => {
        const values = faults.get(image);
        return values && runAsUser === undefined && !runAsRoot
          ? [{ path: ["workloads", key, "runAsUser"], values }]
          : [];
      },
    );
  },
};

export const dockerfileRules = [target, user];

/** A Dockerfile as it stands in messages. */
function nameOf({ context, dockerfile }: Build["origin"]): string {
  return `${context}/${dockerfile.text}`;
}

/** Why the kubelet starts no container as this user where root is forbidden: it cannot look up names. */
function faultOf(found: User): string | undefined {
  switch (found.kind) {
    case "none":
      return "it sets none, and the image may run as root";
    case "named":
      if (!/^\d+$/.test(found.user)) return `"${found.user}" is a name, and only a number is known not to be root`;
      return Number(found.user) === 0 ? `${found.user} is root` : undefined;
    case "unknown":
      return undefined;
  }
}
