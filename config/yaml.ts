import { LineCounter, isMap, isNode, isScalar, parseDocument, visit, type Document, type Node, type Pair } from "yaml";

/** Something in a text that is not YAML, or no data that we take. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
}

export interface ParsedYaml {
  readonly document: Document;
  readonly lines: LineCounter;
  /** @default - the text is not YAML: see `faults` */
  readonly data?: unknown;
  readonly faults: readonly Fault[];
}

/** Tags that the library knows besides those of YAML 1.2, for bytes, dates and the like. */
const OTHER_DATA = /^tag:yaml\.org,2002:(?!(map|seq|str|int|float|bool|null)$)/;

/** Parses one document of YAML 1.2. Its data are mappings, lists and scalars, without an end and without surprises. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, ...PARSING });
  return checked(document, lines);
}

/** The library compares every key of a mapping with every other one: {@link checked} does it faster. */
export const PARSING = { prettyErrors: false, uniqueKeys: false } as const;

/** The data of a document that was parsed with {@link PARSING}, and what is wrong with them. */
export function checked(document: Document, lines: LineCounter): ParsedYaml {
  // What it warns of, an unknown tag for one, would be dropped in silence.
  const faults = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    offset: pos[0],
    message: message.replace(/\s+/g, " "),
  }));
  faults.push(...treeFaults(document));
  if (faults.length > 0) return { document, lines, faults };
  try {
    return { document, lines, faults, data: document.toJS() as unknown };
  } catch (error) {
    // Aliases are resolved here, not by the parser.
    if (!(error instanceof ReferenceError)) throw error;
    return { document, lines, faults: [{ offset: offsetOf(document.contents) ?? 0, message: error.message }] };
  }
}

/** What the grammar allows and data cannot be. */
function treeFaults(document: Document): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    // Data without an end is none of ours, and nobody else looks out for it.
    Alias: (_key, alias, parents) => {
      const target = alias.resolve(document);
      if (target && parents.includes(target)) {
        faults.push({ offset: offsetOf(alias) ?? 0, message: `*${alias.source} is a part of itself` });
      }
    },
    Scalar: (_key, scalar) => {
      faults.push(...tagFaults(scalar));
    },
    Seq: (_key, list) => {
      faults.push(...tagFaults(list));
    },
    Map: (_key, map) => {
      faults.push(...tagFaults(map), ...keyFaults(map.items));
    },
  });
  return faults;
}

function tagFaults(node: Node): Fault[] {
  const { tag = "" } = node;
  return OTHER_DATA.test(tag) ? [{ offset: offsetOf(node) ?? 0, message: `Unresolved tag: ${tag}` }] : [];
}

function keyFaults(pairs: readonly Pair[]): Fault[] {
  const seen = new Set<string>();
  return pairs.flatMap(({ key }) => {
    const name = keyOf(key);
    const message =
      name === undefined
        ? "a key must be a text"
        : name === "__proto__"
          ? "a key must not be called __proto__, which JavaScript keeps to itself"
          : seen.has(name)
            ? "Map keys must be unique"
            : undefined;
    if (name !== undefined) seen.add(name);
    return message === undefined ? [] : [{ offset: offsetOf(key) ?? 0, message }];
  });
}

/** The name of a key in the data; undefined where it has none. */
export function keyOf(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  const value = key.value as string | number | boolean | null;
  return value === null ? "" : String(value);
}

/** The values of a mapping of YAML by their names, and where each name stands. */
export function pairsOf(map: unknown): ReadonlyMap<string, Pair> {
  return isMap(map) ? new Map(map.items.map((pair) => [keyOf(pair.key) ?? "", pair])) : new Map();
}

/** Where a node begins. */
export function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
