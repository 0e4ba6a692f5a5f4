import { CAUSES, type Cause } from "./causes";

/** Markdown page of all causes: what people search for, what it means, and what to do. */
export function troubleshootingPage(): string {
  const causes: [string, Cause][] = Object.entries(CAUSES);
  return [
    "# Troubleshooting",
    "",
    "Made from `diagnosis/causes.ts` by `npm run generate`. What is seen on the left of the first table, in the words of kubelets, registries",
    "and providers; `acr-pull doctor` (before or without a deployment), `acr-pull verify` (after one) and the rehearsal name the same causes.",
    "A pod cannot tell a wrong password from a missing role, nor a missing tag from a missing repository: these commands ask whoever knows.",
    "",
    "| seen | causes |",
    "| --- | --- |",
    ...seenRows(causes),
    "",
    ...causes.flatMap(([id, { title, seen = [], proof, remedy }]) => [
      `## ${id}`,
      "",
      `${sentence(title)} **${sentence(remedy)}**`,
      "",
      ...(seen.length > 0 ? [`Seen: ${seen.map(code).join(", ")}.`] : []),
      `Proof: ${proof}.`,
      "",
    ]),
  ].join("\n");
}

/** One message may have several causes. */
function seenRows(causes: readonly (readonly [string, Cause])[]): string[] {
  const bySeen = new Map<string, string[]>();
  for (const [id, { seen = [] }] of causes)
    for (const text of seen) bySeen.set(text, [...(bySeen.get(text) ?? []), id]);
  return [...bySeen].map(
    ([text, ids]) => `| ${code(text).replaceAll("|", "\\|")} | ${ids.map((id) => `[${id}](#${id})`).join(", ")} |`,
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** With one more backtick than there is in the text. */
function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}
