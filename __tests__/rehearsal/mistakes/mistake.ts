import type { Environment } from "../../../config";
import type { Clouds } from "../../../rehearsal/clouds";
import { Rehearsal } from "../../../rehearsal/rehearsal";
import { StepFailure, type RehearsedStack, type Step } from "../../../rehearsal/rehearsed-stack";
import { PROJECT } from "../../support/synthesized";
import { NOON, shipped } from "../rehearsals";
import type { Edit } from "./edits";

export type Role = "registry" | "images" | "identity" | "workload";

/** What can go wrong, and where and why the rehearsal must then fail. */
export interface Mistake {
  readonly what: string;
  /** @default - the demo */
  readonly environment?: () => Environment;
  /** Circumstances, which do no harm by themselves. */
  readonly given?: (clouds: Clouds) => void;
  /** The mistake, in the JSON of a stack. */
  readonly edit?: Readonly<Partial<Record<Role, Edit>>>;
  /** The mistake, in the clouds, right before the stack that fails. */
  readonly event?: (clouds: Clouds) => void;
  /** The mistake is that this stack is not applied. */
  readonly leavesOut?: Role;
  /** The stack that fails. Those that it depends on must succeed. */
  readonly stack: Role;
  readonly step: Step;
  /** Of the resource. @default - none, as for what concerns the stack as a whole */
  readonly address?: RegExp;
  readonly reason: RegExp;
}

/** @returns The failure of the stack that should fail, or undefined where all goes well. */
export async function tryOut(mistake: Mistake): Promise<StepFailure | undefined> {
  const { environment = shipped, edit = {}, given, event, leavesOut, step } = mistake;
  const mutate = (stack: string, json: string) => edit[roleOf(stack)]?.(json) ?? json;
  const rehearsal = new Rehearsal({ environment: environment(), projectDirectory: PROJECT, now: NOON, mutate });
  try {
    given?.(rehearsal.clouds);
    const target = rehearsal.stacks.find(({ name }) => roleOf(name) === mistake.stack);
    if (!target) throw new Error(`no ${mistake.stack} stack`);
    for (const stack of rehearsal.stacks) {
      if (!target.dependencies.includes(stack.name) || roleOf(stack.name) === leavesOut) continue;
      await applyQuickly(stack);
      rehearsal.world.othersActed();
    }
    if (step !== "destroy") event?.(rehearsal.clouds);
    await rehearsal.deployStack(target);
    if (step === "destroy") {
      event?.(rehearsal.clouds);
      await rehearsal.destroyStack(target);
    }
    return undefined;
  } catch (error) {
    if (error instanceof StepFailure) return error;
    throw error;
  } finally {
    rehearsal.close();
  }
}

/** Tries mistakes out, some at a time. @returns What came of each, in their order. */
export async function tryAll(mistakes: readonly Mistake[], atATime: number): Promise<(StepFailure | undefined)[]> {
  const outcomes: (StepFailure | undefined)[] = [];
  const rest = [...mistakes.entries()];
  const lane = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) outcomes[next[0]] = await tryOut(next[1]);
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return outcomes;
}

export function roleOf(stack: string): Role {
  return /-(registry|images|identity|workload)(-|$)/.exec(stack)?.[1] as Role;
}

/** Without the checks of a rehearsal: it is another stack's turn to fail. */
async function applyQuickly(stack: RehearsedStack): Promise<void> {
  await stack.init();
  const { code, stdout } = await stack.terraform(["apply", "-json", "-input=false", "-auto-approve"]);
  if (code !== 0) throw new Error(`${stack.name} was to succeed: ${stdout}`);
}
