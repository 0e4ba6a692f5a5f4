import { remedyOf } from "../diagnosis";
import type { Result } from "./check";

/** What `--json` prints for each environment. */
export interface LiveReport {
  readonly environment: string;
  readonly passed: boolean;
  readonly results: readonly (Result & { readonly remedy?: string; readonly help?: string })[];
}

/** Page and anchor of a cause. */
const HELP = "docs/troubleshooting.md#";

const RANKS = ["operator", "registry", "image ", "cluster "];

export function liveReport(environment: string, results: readonly Result[]): LiveReport {
  return {
    environment,
    passed: results.every(({ state }) => state !== "failed"),
    results: inOrder(results).map((result) => ({
      ...result,
      ...(result.cause !== undefined && { remedy: remedyOf(result.cause), help: `${HELP}${result.cause}` }),
    })),
  };
}

/** The report for people: everything that was looked at, and under what is wrong what to do. */
export function formatLiveReport({ environment, results }: LiveReport): string {
  const lines: string[] = [environment];
  let subject = "";
  for (const { subject: about, check, state, found, remedy, help } of results) {
    if (about !== subject) lines.push("", (subject = about));
    lines.push(`  ${(state === "failed" ? "FAILED" : state).padEnd(12)}${check}: ${found}`);
    if (remedy !== undefined) lines.push(`${" ".repeat(14)}${remedy} (${help ?? ""})`);
  }
  const count = (state: Result["state"]) => results.filter((result) => result.state === state).length;
  const counts = (["ok", "warning", "failed", "not checked"] as const).map((state) => `${count(state)} ${state}`);
  return [...lines, "", counts.join(", ")].join("\n");
}

/** Checks end as answers come: a report has the registry first, then images, then cluster by cluster. */
function inOrder(results: readonly Result[]): Result[] {
  const subjects = [...new Set(results.map(({ subject }) => subject))].sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  );
  return subjects.flatMap((subject) => results.filter((result) => result.subject === subject));
}

function rank(subject: string): number {
  return RANKS.findIndex((beginning) => subject.startsWith(beginning));
}
