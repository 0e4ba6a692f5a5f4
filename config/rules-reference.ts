import { RULES } from "./rules";
import { AZURE_FORMATS } from "./rules/azure-formats";
import { FORMATS } from "./rules/formats";
import type { Rule } from "./rules/rule";

/** Markdown table of all rules, in the order in which they are checked. */
export function rulesReference(): string {
  return [
    "# Rules",
    "",
    "Made from `config/rules/` by `npm run generate`: what must hold of an environment file beyond the type of each value, which is in",
    "[environment-file.md](environment-file.md). All of them are checked before anything is written; a message is `file:line:column`, the key,",
    "then what stands here, with values for what is in italics. A warning is allowed, but risky.",
    "",
    "| rule | about | message | source |",
    "| --- | --- | --- | --- |",
    ...RULES.map(rowOf),
    "",
    "## Formats",
    "",
    "What a single text must be, wherever it stands.",
    "",
    "| format | message | source |",
    "| --- | --- | --- |",
    ...[...FORMATS, ...AZURE_FORMATS].map(
      ({ id, message, source }) => `| ${id} | ${message.replaceAll("|", "\\|")} | <${source}> |`,
    ),
    "",
  ].join("\n");
}

function rowOf({ id, about, message, source, warns }: Rule): string {
  const text = message.replace(/\{(\w+)\}/g, "*$1*").replaceAll("|", "\\|");
  const cells = [id, about, `${warns ? "warning: " : ""}${text}`, source === undefined ? "" : `<${source}>`];
  return `| ${cells.map((cell, index) => (index === 1 ? keysOf(cell) : cell)).join(" | ")} |`;
}

/** Each key as code, so that Markdown leaves `<key>` alone. */
function keysOf(about: string): string {
  return about
    .split(", ")
    .map((key) => (/[.<]|^\w+$/.test(key) ? `\`${key}\`` : key))
    .join(", ");
}
