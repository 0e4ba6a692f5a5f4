import { createHash } from "node:crypto";
import { markup, trusted, type Markup } from "./markup";
import { FILTER_SCRIPT } from "./filter-script";
import { PAGE_CSS } from "./page-style";

export interface PageSection {
  /** Anchor to link to; unique in the page. */
  readonly id: string;
  readonly heading: string;
  readonly content: Markup | readonly Markup[];
}

export interface Page {
  readonly title: string;
  /** In one or two sentences: what the page shows. */
  readonly summary: string;
  readonly sections: readonly PageSection[];
  /** Further style sheets, of ours. */
  readonly css: string;
}

/**
 * One file of HTML that needs nothing else and asks nobody: a policy forbids it whatever is not in the file. It works without its script,
 * which filters tables.
 */
export function htmlPage({ title, summary, sections, css }: Page): string {
  const hash = createHash("sha256").update(FILTER_SCRIPT).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(`${PAGE_CSS}\n${css}`)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${title}</h1>
<p>${summary}</p>
</header>
<nav aria-label="Contents">
<ul>
${sections.map(({ id, heading }) => markup`<li><a href="#${id}">${heading}</a></li>\n`)}</ul>
<form id="filter-form" role="search" hidden>
<label for="filter">Show only rows with</label>
<input type="search" id="filter" autocomplete="off" spellcheck="false">
<output id="filter-result" for="filter"></output>
</form>
</nav>
<main id="main" tabindex="-1">
${sections.map(drawSection)}</main>
<script>${trusted(FILTER_SCRIPT)}</script>
</body>
</html>
`.text;
}

function drawSection({ id, heading, content }: PageSection): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading} <a class="anchor" href="#${id}" aria-label="Link to ${heading}">#</a></h2>
${content}</section>
`;
}
