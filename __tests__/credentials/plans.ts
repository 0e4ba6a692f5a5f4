import type { RehearsedStack } from "../../rehearsal";
import { run, type PullingCluster } from "./pulling-cluster";

/** The part of `terraform show -json` of a plan that says what changes. */
interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[]; readonly before: unknown; readonly after: unknown };
  }[];
}

/** Plans a stack. @returns Each resource that changes: its address, what is done in which order, and to which values. */
export async function plannedChanges(stack: RehearsedStack): Promise<string[]> {
  await run(stack, "plan", "-out=changes.tfplan");
  const { stdout } = await stack.terraform(["show", "-json", "changes.tfplan"]);
  const { resource_changes: all = [] } = JSON.parse(stdout) as PlanJson;
  return all
    .filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op")
    .map(({ address, change: { actions, before, after } }) => {
      return `${address}: ${actions.join(", then ")}: ${differences(before, after).join(", ")}`;
    });
}

/** Exit codes of plans of identity and workload: 0 is no changes, 2 is some. */
export async function planCodes({ identityStack, workloadStack }: PullingCluster): Promise<number[]> {
  const plan = ["plan", "-input=false", "-detailed-exitcode"];
  return [(await identityStack.terraform(plan)).code, (await workloadStack.terraform(plan)).code];
}

/** Paths of the values that differ. Unknown values are missing in `after`. */
function differences(before: unknown, after: unknown, path = ""): string[] {
  if (!isObject(before) || !isObject(after)) return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differences(before[key], after[key], path === "" ? key : `${path}[${key}]`));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
