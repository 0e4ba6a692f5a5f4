import { Arg, DockerfileParser, Env, From, User as UserInstruction } from "dockerfile-ast";

/** The user that a build stage ends as. */
export type User =
  /** As it is written, with values for its variables. */
  | { readonly kind: "named"; readonly user: string }
  /** No stage says one: it is that of the image that the stage is built on, root where that has none. */
  | { readonly kind: "none" }
  /** It depends on what only a build knows. */
  | { readonly kind: "unknown" };

interface Stage {
  readonly name: string | undefined;
  readonly variables: Map<string, string>;
  user: User;
}

export interface BuildOptions {
  /** Stage to build. @default - the last one */
  readonly target?: string | undefined;
  readonly args: Readonly<Record<string, string>>;
}

/** Names of the build stages of a Dockerfile. */
export function stageNames(dockerfile: string): string[] {
  return stagesOf(dockerfile, {}).flatMap(({ name }) => name ?? []);
}

/** The user of the image that a Dockerfile makes: https://docs.docker.com/reference/dockerfile/#user */
export function userOf(dockerfile: string, { target, args }: BuildOptions): User {
  const stages = stagesOf(dockerfile, args);
  const stage = target === undefined ? stages.at(-1) : stages.find(({ name }) => isSame(name, target));
  return stage?.user ?? { kind: "unknown" };
}

function stagesOf(dockerfile: string, args: Readonly<Record<string, string>>): Stage[] {
  const globals = new Map<string, string>();
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const stage = stages.at(-1);
    const variables = stage?.variables ?? globals;
    if (instruction instanceof From) stages.push(newStage(instruction, stages, globals));
    else if (instruction instanceof Arg) declare(instruction, variables, { args, globals });
    else if (instruction instanceof Env) assign(instruction, variables);
    else if (instruction instanceof UserInstruction && stage) stage.user = userIn(instruction, variables);
  }
  return stages;
}

interface Given {
  readonly args: Readonly<Record<string, string>>;
  /** Defaults before the first stage. */
  readonly globals: ReadonlyMap<string, string>;
}

/** An argument has the value that the build gives it, or else its own default, or else that of all stages. */
function declare(arg: Arg, variables: Map<string, string>, { args, globals }: Given): void {
  for (const property of arg.getProperties()) {
    const name = property.getName();
    const own = property.getValue();
    const fallback = own === null ? globals.get(name) : expand(own, variables);
    const value = Object.hasOwn(args, name) ? args[name] : fallback;
    if (value !== undefined) variables.set(name, value);
  }
}

function assign(env: Env, variables: Map<string, string>): void {
  for (const property of env.getProperties()) {
    const value = expand(property.getValue() ?? "", variables);
    if (value === undefined) variables.delete(property.getName());
    else variables.set(property.getName(), value);
  }
}

/** A stage on top of another one has its user and its variables. */
function newStage(from: From, stages: readonly Stage[], globals: ReadonlyMap<string, string>): Stage {
  const image = expand(from.getImage() ?? "", globals);
  const base = stages.find(({ name }) => image !== undefined && isSame(name, image));
  const variables = new Map(base?.variables);
  return { name: from.getBuildStage() ?? undefined, variables, user: base?.user ?? { kind: "none" } };
}

function userIn(instruction: UserInstruction, variables: ReadonlyMap<string, string>): User {
  const user = expand(instruction.getArgumentsContent() ?? "", variables);
  return user === undefined ? { kind: "unknown" } : { kind: "named", user: user.split(":")[0] ?? "" };
}

/** Stages are called alike in any letter case. */
function isSame(name: string | undefined, other: string): boolean {
  return name?.toLowerCase() === other.toLowerCase();
}

const VARIABLE = /\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g;

/** @returns The text with values for `$NAME`, `${NAME}`, `${NAME:-other}` and `${NAME:+other}`; undefined where one has none. */
function expand(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  const values = [...text.matchAll(VARIABLE)].map(([, plain, braced, modifier, other = ""]) => {
    const value = variables.get(plain ?? braced ?? "");
    if (modifier === "-") return value ?? other;
    if (modifier === "+") return value === undefined ? "" : other;
    return value;
  });
  if (values.includes(undefined)) return undefined;
  return text.replace(VARIABLE, () => values.shift() ?? "");
}
