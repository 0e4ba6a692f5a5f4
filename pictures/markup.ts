/** HTML or SVG. Only `markup` makes it, or `trusted` of a constant of ours. */
export class Markup {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Part = string | number | Markup | undefined | readonly Part[];

/** What neither XML nor HTML may hold, lone surrogates among it: https://www.w3.org/TR/xml/#charsets */
const FORBIDDEN = /[^\t\n\r\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * A template of HTML and SVG alike: what is put in is text, in content and in quoted attributes, unless it is markup itself. Lists are
 * joined, and what is undefined is nothing.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(parts.map((part, index) => part + (index < values.length ? rendered(values[index]) : "")).join(""));
}

/** @param constant Of our sources, such as a style sheet: never anything that somebody wrote elsewhere. */
export function trusted(constant: string): Markup {
  return new Markup(constant);
}

function rendered(value: Part): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(rendered).join("");
  return String(value)
    .replace(FORBIDDEN, "\uFFFD")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
