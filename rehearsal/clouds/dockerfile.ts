import type { ImageContent } from "./registry-object";

interface Stage {
  readonly name: string | undefined;
  readonly base: string;
  user?: string;
}

/**
 * Reads what can be said of an image by its Dockerfile alone: its user, where a stage names one or comes from nothing. That of
 * a base image is not known.
 * @param target Build stage. @default - the last
 */
export function imageOf(
  dockerfile: string,
  {
    platform,
    target,
    buildArgs = {},
  }: {
    readonly platform?: string | undefined;
    readonly target?: string | undefined;
    readonly buildArgs?: Readonly<Record<string, string>> | undefined;
  },
): ImageContent {
  const stages = stagesOf(dockerfile, buildArgs);
  const stage = target === undefined ? stages.at(-1) : stages.find(({ name }) => name === target);
  const user = stage && userOf(stage, stages);
  return { ...(platform && { platforms: [platform] }), ...(user !== undefined && { user }) };
}

function stagesOf(dockerfile: string, buildArgs: Readonly<Record<string, string>>): Stage[] {
  const values = new Map<string, string>();
  const filledIn = (text: string) =>
    text.replace(
      /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
      (whole, braced?: string, otherwise?: string, bare?: string) => {
        return values.get(braced ?? bare ?? "") ?? otherwise ?? whole;
      },
    );
  const stages: Stage[] = [];
  for (const line of dockerfile.replace(/\\\r?\n/g, " ").split(/\r?\n/)) {
    const [, instruction = "", rest = ""] = /^\s*(\w+)\s+(.*?)\s*$/.exec(line) ?? [];
    const current = stages.at(-1);
    switch (instruction.toUpperCase()) {
      case "ARG": {
        const [, name = "", value] = /^(\w+)(?:=["']?(.*?)["']?)?$/.exec(rest) ?? [];
        const given = buildArgs[name] ?? value;
        if (given !== undefined) values.set(name, given);
        break;
      }
      case "FROM": {
        const [, base = "", name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(filledIn(rest)) ?? [];
        stages.push({ base, name });
        break;
      }
      case "USER":
        if (current) current.user = filledIn(rest);
        break;
    }
  }
  return stages;
}

/** @returns "" for root, undefined where it is not known. */
function userOf(stage: Stage, stages: readonly Stage[]): string | undefined {
  if (stage.user !== undefined) return stage.user.includes("$") ? undefined : stage.user;
  if (stage.base === "scratch") return "";
  const before = stages.slice(0, stages.indexOf(stage)).find(({ name }) => name === stage.base);
  return before && userOf(before, stages);
}
