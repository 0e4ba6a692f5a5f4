import { DOMParser, type Element, type Node } from "@xmldom/xmldom";
import { parse, type DefaultTreeAdapterMap } from "parse5";

/** What a document consists of. */
export interface Parsed {
  /** Names of all elements, and of attributes as `element@attribute`, each once and in order. */
  readonly names: readonly string[];
  /** Of the whole document, in one line. */
  readonly text: string;
  /** How many elements there are of a name. */
  count(name: string): number;
}

/** Reads SVG as a parser of XML does. @throws Where it is not well-formed. */
export function parseSvg(text: string): Parsed {
  const onError = (level: string, message: string) => {
    // What stands for a forbidden character is allowed.
    if (message.startsWith("Unicode replacement character")) return;
    throw new Error(`${level}: ${message}`);
  };
  const root = new DOMParser({ onError }).parseFromString(text, "image/svg+xml").documentElement;
  if (!root) throw new Error("there is no element");
  return parsed(elementsIn(root), root.textContent ?? "");
}

function elementsIn(node: Node): [string, string[]][] {
  const children = Array.from(node.childNodes).flatMap(elementsIn);
  if (node.nodeType !== node.ELEMENT_NODE) return children;
  const { tagName, attributes } = node as Element;
  return [[tagName, Array.from(attributes).map(({ name }) => name)], ...children];
}

/** Reads HTML as a browser does. @throws Where a browser would have to guess. */
export function parseHtml(text: string): Parsed {
  const document = parse(text, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }) => {
      throw new Error(`${code} at ${startLine}:${startCol}`);
    },
  });
  const words: string[] = [];
  const visit = (node: DefaultTreeAdapterMap["node"]): [string, string[]][] => {
    if ("value" in node) words.push(node.value);
    const children = "childNodes" in node ? node.childNodes.flatMap(visit) : [];
    return "tagName" in node ? [[node.tagName, node.attrs.map(({ name }) => name)], ...children] : children;
  };
  const elements = visit(document);
  return parsed(elements, words.join(" "));
}

function parsed(elements: readonly [string, string[]][], text: string): Parsed {
  const names = elements.flatMap(([element, attributes]) => [
    element,
    ...attributes.map((name) => `${element}@${name}`),
  ]);
  return {
    names: [...new Set(names)].sort(),
    text: text.replace(/\s+/g, " "),
    count: (name) => elements.filter(([element]) => element === name).length,
  };
}
