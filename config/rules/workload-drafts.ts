import type { Draft } from "../parse";
import type { WrittenWorkload } from "../schema/environment";
import { entriesOf, type Finding, type RuleContext } from "./rule";

/** What a rule finds in each workload on its own. */
export function inWorkloads(
  { draft }: RuleContext,
  check: (workload: Draft<WrittenWorkload>, path: string[]) => Finding[],
): Finding[] {
  return entriesOf(draft.workloads).flatMap(([key, workload]) => check(workload, ["workloads", key]));
}
