import { countsOf, type PlanSummary } from "./plan-summary";
import type { StackResult } from "./run-stacks";

/** Characters that a summary may have: GitHub takes 1 MiB a step, GitLab 1,000,000 a note, Azure DevOps shows some 200,000 well. */
const MOST_CHARACTERS = 200_000;
/** Changes of one stack that are listed. */
const MOST_CHANGES = 50;

const SIGNS = { import: "⇐", create: "+", update: "~", replace: "±", destroy: "−", forget: "∅" } as const;

/** Plans for the eyes of a reviewer, as Markdown of GitHub, GitLab and Azure DevOps. No value of any argument is in it. */
export function planMarkdown(results: readonly StackResult[]): string {
  const changed = results.filter(({ outcome }) => outcome === "changed");
  const rest = results.filter(({ outcome }) => outcome !== "changed" && outcome !== "unchanged");
  const head = [
    "## Plan",
    "",
    "| stack | plan |",
    "| --- | --- |",
    ...[...changed, ...rest].map(({ stack, plan, outcome, reason }) =>
      row(
        stack.name,
        plan ? countsOf(plan) : `${outcome}${reason === undefined ? "" : `: ${reason.split("\n")[0] ?? ""}`}`,
      ),
    ),
    "",
    `${results.filter(({ outcome }) => outcome === "unchanged").length} of ${results.length} stacks have no changes.`,
  ];
  const blocks = changed.flatMap(({ stack, plan }) => (plan ? [detailsOf(stack.name, plan)] : []));
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
  return text
    .replace(/\s+/g, " ")
    .replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign)
    .replace(/([\\`*_[\]])/g, "\\$1");
}
