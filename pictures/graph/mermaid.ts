import {
  FLOW_WORDS,
  KIND_WORDS,
  withChildren,
  type Flow,
  type FlowKind,
  type NodeKind,
  type Picture,
  type PictureNode,
} from "./picture";

/** Opening and closing of a box's form: https://mermaid.js.org/syntax/flowchart.html#node-shapes */
const FORMS: Readonly<Record<NodeKind, readonly [string, string]>> = {
  registry: ["[", "]"],
  image: ["[", "]"],
  cache: ["[(", ")]"],
  identity: ["([", "])"],
  outside: ["([", "])"],
  cluster: ["[", "]"],
  clusters: ["[", "]"],
  namespace: ["[", "]"],
  workload: ["(", ")"],
  manifests: ["[/", "/]"],
};

const ARROWS: Readonly<Record<FlowKind, string>> = { image: "-->", credential: "==>", role: "-.->" };

/** The picture as text that GitHub and other readers of Markdown draw by Mermaid; in a file of Markdown, between fences. */
export function graphMermaid({ name, summary, nodes, flows }: Picture): string {
  // Keys of the file may be words of Mermaid.
  const ids = new Map(nodes.flatMap(withChildren).map(({ id }, index) => [id, `n${index}`]));
  const idOf = (id: string) => ids.get(id) ?? "";
  return [
    "flowchart LR",
    `  accTitle: ${escaped(`${name}: what is connected to what`)}`,
    `  accDescr: ${escaped(`${summary}. Arrows: ${Object.values(FLOW_WORDS).join(", ")}`)}`,
    ...nodes.flatMap((node) => drawNode(node, idOf, "  ")),
    ...flows.map((flow) => `  ${drawFlow(flow, idOf)}`),
    "",
  ].join("\n");
}

function drawNode(node: PictureNode, idOf: (id: string) => string, indent: string): string[] {
  const { id, kind, title, lines, children = [] } = node;
  if (children.length === 0) {
    const [open, close] = FORMS[kind];
    const words = [KIND_WORDS[kind], title, ...lines].map(escaped).join("<br/>");
    return [`${indent}${idOf(id)}${open}"${words}"${close}`];
  }
  const words = [`${KIND_WORDS[kind]} ${title}`, ...lines].map(escaped).join("<br/>");
  return [
    `${indent}subgraph ${idOf(id)}["${words}"]`,
    ...children.flatMap((child) => drawNode(child, idOf, `${indent}  `)),
    `${indent}end`,
  ];
}

function drawFlow({ from, to, kind, label }: Flow, idOf: (id: string) => string): string {
  return `${idOf(from)} ${ARROWS[kind]}${label === undefined ? "" : `|"${escaped(label)}"|`} ${idOf(to)}`;
}

/**
 * Text in which nothing means anything to Mermaid, Markdown in labels or HTML: all but plain characters becomes a number.
 * https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} ,.:/@-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
