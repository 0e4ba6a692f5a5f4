import type { Report } from "../../rehearsal";
import { printTable, spread, type Goal } from "./markdown";
import { inTurn, spreadOf } from "./measure";
import { runNode } from "./node";

const ROUNDS = 3;
const TITLE = "Rehearsal: deploy, second plan, destroy";

/** Environments, the one with a goal first. */
const ENVIRONMENTS = ["demo", "examples/pull-methods.yaml"];

interface Run {
  readonly seconds: number;
  readonly report: Report;
}

/** The command as a user runs it, and how much of it is Terraform's own time. */
export async function rehearsal(): Promise<void> {
  const candidates = ENVIRONMENTS.map((name) => ({ name, run: () => rehearse(name) }));
  const results = await inTurn("rehearsal", candidates, ROUNDS);
  const rows = results.map((runs, index) => [
    ENVIRONMENTS[index] ?? "",
    String(runs[0]?.report.stacks.length),
    String(sum(runs[0]?.report.stacks.map(({ resources }) => resources))),
    spread(spreadOf(runs.map(({ seconds }) => seconds))),
    spread(spreadOf(runs.map(({ report }) => sum(report.stacks.map((stack) => stack.seconds))))),
  ]);
  const value = spreadOf((results[0] ?? []).map(({ seconds }) => seconds)).median;
  const goal: Goal = { subject: "the demo in", bound: "at most", limit: 10, unit: "s", value };
  // Stacks of one wave run side by side, so the sum may be more than the whole.
  const header = ["", "stacks", "resources", "seconds", "Terraform's own, summed over stacks"];
  printTable(TITLE, header, rows, [goal]);
}

async function rehearse(environment: string): Promise<Run> {
  const args = ["tools/acr-pull.cjs", "rehearse", "--environment", environment, "--json"];
  const { seconds, stdout } = await runNode(args);
  const [report] = JSON.parse(stdout) as Report[];
  if (!report) throw new Error(`the rehearsal of ${environment} reports nothing`);
  return { seconds, report };
}

function sum(numbers: readonly number[] = []): number {
  return numbers.reduce((total, number) => total + number, 0);
}
