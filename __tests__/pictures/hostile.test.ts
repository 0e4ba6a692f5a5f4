import { loadWith, markOf } from "../support/free-text";
import { HOSTILE, HOSTILE_MARKUP } from "../support/hostile";
import { graphOf } from "../../pictures/graph/graph";
import { parseHtml, parseSvg, type Parsed } from "./support/parsers";

/** Free text that pictures show. */
const SHOWN = [
  "clusters.<key>.kubeconfig.context",
  "clusters.<key>.pull.servicePrincipal.name",
  "clusters.<key>.pull.servicePrincipal.role",
];

const harmless = loadWith("", false).environments;

/** What of a document depends on its texts: nothing but these. */
function expectSameMarkup(hostile: Parsed, plain: Parsed): void {
  expect(hostile.names).toEqual(plain.names);
  for (const name of ["script", "style", "img", "a", "title", "rect", "tr"]) {
    expect([name, hostile.count(name)]).toEqual([name, plain.count(name)]);
  }
}

describe.each([...HOSTILE, ...HOSTILE_MARKUP])("%j in every free text", (value) => {
  const { environments, refused } = loadWith(value, false);

  it("is text in SVG", async () => {
    const drawn = parseSvg(await graphOf(environments, "svg"));
    expectSameMarkup(drawn, parseSvg(await graphOf(harmless, "svg")));
    for (const place of SHOWN) expect(drawn.text).toContain(markOf(place));
  });

  it("is text in HTML", async () => {
    const page = parseHtml(await graphOf(environments, "html"));
    expectSameMarkup(page, parseHtml(await graphOf(harmless, "html")));
    const [context = ""] = SHOWN;
    // As a reader of the page sees it.
    const shown = value.replace(/[\uFFFE\u0085]/g, "\uFFFD").replace(/\s+/g, " ");
    if (!refused.has(context)) expect(page.text).toContain(`${markOf(context)}${shown}`.trim());
  });

  it("is text in Mermaid", async () => {
    const lines = (await graphOf(environments, "mermaid")).trimEnd().split("\n");
    const words = String.raw`"(?:[\p{L}\p{N} ,.:/@-]|#\d+;|<br/>)*"`;
    const forms = [
      String.raw`flowchart LR`,
      String.raw`  acc(Title|Descr): (?:[\p{L}\p{N} ,.:/@-]|#\d+;)+`,
      String.raw` +subgraph n\d+\[${words}\]`,
      String.raw` +end`,
      String.raw` +n\d+(\[|\(|\(\[|\[\(|\[/)${words}(\]|\)|\]\)|\)\]|/\])`,
      String.raw`  n\d+ (-->|==>|-\.->)(\|${words}\|)? n\d+`,
    ];
    const allowed = new RegExp(`^(${forms.join("|")})$`, "u");
    expect(lines.filter((line) => !allowed.test(line))).toEqual([]);
    for (const place of SHOWN) expect(lines.join("\n")).toContain(markOf(place));
  });
});
