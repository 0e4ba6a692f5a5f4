import { countsOf, type PlanSummary } from "./plan-summary";
import { hasFailed, type RunReport, type StackReport } from "./run-report";

/** Characters that a summary may have: GitHub takes 1 MiB a step, GitLab 1,000,000 a note, Azure DevOps shows some 200,000 well. */
const MOST_CHARACTERS = 200_000;
/** Changes of one stack that are listed. */
const MOST_CHANGES = 50;
/** Stacks in the table: what went wrong comes first. */
const MOST_ROWS = 500;
/** Characters of a reason or a warning: providers quote whole answers. */
const LONGEST = 300;

const SIGNS = { import: "⇐", create: "+", update: "~", replace: "±", destroy: "−", forget: "∅" } as const;

/** What the eyes of a reviewer should meet first. */
const ORDER: readonly StackReport["outcome"][] = ["failed", "not begun", "changed", "waiting", "unchanged"];

/**
 * Runs for the eyes of people, as Markdown of GitHub, GitLab and Azure DevOps. No value of any argument is in it.
 * @param reports Of one run, or of the jobs of a matrix.
 * @param missing Parts of the matrix that have left no report.
 */
export function runMarkdown(reports: readonly RunReport[], missing: readonly string[] = []): string {
  const stacks = reports.flatMap((report) => report.stacks);
  const told = ORDER.filter((outcome) => outcome !== "unchanged").flatMap((outcome) =>
    stacks.filter((stack) => stack.outcome === outcome),
  );
  const [title = "run"] = [...new Set(reports.map(({ command }) => command))];
  const unchanged = stacks.filter(({ outcome }) => outcome === "unchanged").length;
  const head = [
    `## ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    "",
    ...(told.length > 0 ? ["| stack | result |", "| --- | --- |"] : []),
    ...told.slice(0, MOST_ROWS).map((stack) => row(stack.stack, resultOf(stack))),
    ...(told.length > 0 ? [""] : []),
    ...(told.length > MOST_ROWS ? [`${told.length - MOST_ROWS} more stacks are not in the table.`, ""] : []),
    `${unchanged} of ${stacks.length} stacks have no changes.`,
    ...againLines(reports),
    ...(missing.length > 0 ? ["", `Ended before they could say how it went: the jobs of ${missing.join(", ")}.`] : []),
  ];
  const blocks = told.flatMap(({ stack, plan }) => (plan && plan.changes.length > 0 ? [detailsOf(stack, plan)] : []));
  const text = [head.join("\n")];
  let length = text[0]?.length ?? 0;
  for (const [index, block] of blocks.entries()) {
    length += block.length;
    if (length > MOST_CHARACTERS) {
      text.push(`${blocks.length - index} more stacks are in the job's files.`);
      break;
    }
    text.push(block);
  }
  return `${text.join("\n\n").slice(0, MOST_CHARACTERS + 1000)}\n`;
}

function resultOf({ outcome, plan, counts = plan && countsOf(plan), reason }: StackReport): string {
  if (outcome === "changed") return counts ?? outcome;
  return reason === undefined ? outcome : `${outcome}: ${reason.split("\n")[0] ?? ""}`;
}

/** What to run again: a run goes on where one before it has stopped. */
function againLines(reports: readonly RunReport[]): string[] {
  const lines = reports.filter(hasFailed).map(({ command, shard }) => {
    const part = shard === undefined ? "" : ` --shard ${shard}`;
    return `- \`npx acr-pull ${command}${part}\``;
  });
  return lines.length > 0 ? ["", "To run again, for what failed or was not begun:", "", ...lines] : [];
}

function detailsOf(stack: string, { changes, warnings }: PlanSummary): string {
  const shown = changes.slice(0, MOST_CHANGES).map(({ action, address, because }) => {
    const why = because && because.length > 0 ? ` (${because.map(code).join(", ")})` : "";
    return `- \`${SIGNS[action]}\` ${action} ${code(address)}${why}`;
  });
  const hidden = changes.length - shown.length;
  return [
    `<details><summary>${escape(stack)}</summary>`,
    "",
    ...shown,
    ...(hidden > 0 ? [`- and ${hidden} more`] : []),
    ...warnings.map((warning) => `\n> **Warning:** ${escape(warning)}`),
    "",
    "</details>",
  ].join("\n");
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => escape(cell).replaceAll("|", "\\|")).join(" | ")} |`;
}

/** Addresses and names of arguments have no backtick. */
function code(text: string): string {
  return `\`${text.replaceAll("`", "")}\``;
}

/** Text is text, in Markdown too. */
function escape(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
  return short
    .replace(/\s+/g, " ")
    .replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign)
    .replace(/([\\`*_[\]])/g, "\\$1");
}
