import { isMap, isSeq, type Document, type LineCounter, type Pair } from "yaml";
import { formatPath, formatValue, type Path, type Problem } from "./problem";
import { offsetOf, pairsOf, parseYaml } from "./yaml";

/** One YAML file: its data, and where in the text each value stands. */
export class SourceFile {
  /** Parsed content; undefined where the text is not YAML. */
  readonly data: unknown;
  /** Lines `file:line:column …` for text that is not YAML. */
  readonly syntaxErrors: readonly string[];

  private readonly document: Document;
  private readonly lines: LineCounter;
  private readonly pairs = new Map<unknown, ReadonlyMap<string, Pair>>();

  /**
   * @param path As it shall stand in messages.
   * @param content Text, or the bytes of a file.
   */
  constructor(
    readonly path: string,
    content: string | Uint8Array,
  ) {
    const { document, lines, data, faults } = parseYaml(textOf(content));
    this.document = document;
    this.lines = lines;
    const broken = brokenAt(content);
    this.data = broken === undefined ? data : undefined;
    this.syntaxErrors =
      broken === undefined
        ? faults.map(({ offset, message }) => `${this.place(offset)} is not valid YAML: ${message}`)
        : [`${this.place(broken)} is not valid YAML: the file must be UTF-8`];
  }

  /** A line `file:line:column path rule, got: value` for each problem, in the order of the file. */
  describe(problems: readonly Problem[]): string[] {
    return problems
      .map((problem) => ({ problem, offset: this.offset(problem.path, problem.atKey ?? false) }))
      .sort((a, b) => a.offset - b.offset)
      .map(({ problem, offset }) => this.line(problem, offset));
  }

  private line({ path, rule, atKey = false, showValue = true }: Problem, offset: number): string {
    const value = this.valueAt(path);
    const subject = path.length > 0 ? `${formatPath(path)} ` : "";
    const received = value !== undefined && showValue && !atKey ? `, got: ${formatValue(value)}` : "";
    return `${this.place(offset)} ${subject}${rule}${received}`;
  }

  private place(offset: number): string {
    const { line, col } = this.lines.linePos(offset);
    return `${this.path}:${line}:${col}`;
  }

  private valueAt(path: Path): unknown {
    let value = this.data;
    for (const part of path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
      value = (value as Record<string | number, unknown>)[part];
    }
    return value;
  }

  /** A missing value has no place of its own: then the key of the nearest parent that is there has to do. */
  private offset(path: Path, atKey: boolean): number {
    let node: unknown = this.document.contents;
    let keyOffset = 0;
    for (const part of path) {
      let next: unknown;
      if (isSeq(node) && typeof part === "number") {
        next = node.items[part];
        keyOffset = offsetOf(next) ?? keyOffset;
      } else if (isMap(node)) {
        const pair = this.pairsOf(node).get(String(part));
        next = pair?.value;
        keyOffset = offsetOf(pair?.key) ?? keyOffset;
      }
      if (next === undefined) return keyOffset;
      node = next;
    }
    return atKey ? keyOffset : (offsetOf(node) ?? keyOffset);
  }

  private pairsOf(map: unknown): ReadonlyMap<string, Pair> {
    const known = this.pairs.get(map) ?? pairsOf(map);
    this.pairs.set(map, known);
    return known;
  }
}

/** What is no UTF-8 becomes replacement characters, one for each place. */
function textOf(content: string | Uint8Array): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}

/** Where bytes stop being UTF-8: offset in the text. */
function brokenAt(content: string | Uint8Array): number | undefined {
  if (typeof content === "string") return undefined;
  try {
    new TextDecoder("utf8", { fatal: true }).decode(content);
    return undefined;
  } catch {
    return textUntilBroken(content).length;
  }
}

/** Grown by halves: the longest part of the beginning that can be decoded. */
function textUntilBroken(bytes: Uint8Array): string {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isText(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return new TextDecoder().decode(bytes.subarray(0, good), { stream: true });
}

/** Whether bytes are UTF-8, though a character at the end may be cut. */
function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
