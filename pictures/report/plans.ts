import type { PlannedChange, RunRecord } from "../../rehearsal";
import { counted } from "../counted";
import { table } from "../elements";
import { markup, type Markup } from "../markup";

/** Each stack's plan in short, with the addresses behind it. */
export function plansContent({ report, plans }: RunRecord): Markup[] {
  return [
    table({
      caption: "Stacks in the order in which they are applied",
      columns: ["stack", "resources", "its plan", "seconds of Terraform"],
      rows: report.stacks.map(({ name, resources, seconds }) => ({
        id: `stack.${name}`,
        cells: [name, resources, shortly(plans.get(name)), Number(seconds.toFixed(2))],
      })),
    }),
    // Neither order is the same in every run.
    ...report.stacks
      .map(({ name }) => [name, (plans.get(name) ?? []).toSorted(byAddress)] as const)
      .filter(([, changes]) => changes.length > 0)
      .map(
        ([name, changes]) => markup`<details>
<summary>What ${name} ${changes.length === 1 ? "changes" : "changes, one by one"}</summary>
<ul>
${changes.map(
  ({ action, address }) => markup`<li>${action} <code>${address}</code></li>
`,
)}</ul>
</details>
`,
      ),
  ];
}

function byAddress({ address: one }: PlannedChange, { address: other }: PlannedChange): number {
  return one < other ? -1 : 1;
}

/** `12 to create, 1 to update`. */
function shortly(changes: readonly PlannedChange[] | undefined): string {
  if (!changes) return "not told";
  const actions = [...new Set(changes.map(({ action }) => action))];
  if (actions.length === 0) return "nothing to do";
  return actions
    .map((action) => `${counted(changes.filter((change) => change.action === action).length, "resource")} to ${action}`)
    .join(", ");
}
