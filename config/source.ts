import { LineCounter, isMap, isNode, isScalar, isSeq, parseDocument, visit, type Document, type Node } from "yaml";
import { formatPath, formatValue, type Path, type Problem } from "./problem";

/** One YAML file: its data, and where in the text each value stands. */
export class SourceFile {
  /** Parsed content; undefined where the text is not YAML. */
  readonly data: unknown;
  /** Lines `file:line:column …` for text that is not YAML. */
  readonly syntaxErrors: readonly string[];

  private readonly document: Document;
  private readonly lines = new LineCounter();

  /** @param path As it shall stand in messages. */
  constructor(
    readonly path: string,
    text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    const syntaxErrors = this.document.errors.map(
      ({ pos, message }) => `${this.place(pos[0])} is not valid YAML: ${message.replace(/\s+/g, " ")}`,
    );
    // Data without an end is none of ours, and nobody else looks out for it.
    visit(this.document, {
      Alias: (_key, alias, parents) => {
        const target = alias.resolve(this.document);
        if (target && parents.includes(target))
          syntaxErrors.push(`${this.place(start(alias) ?? 0)} is not valid YAML: *${alias.source} is a part of itself`);
      },
    });
    try {
      this.data = syntaxErrors.length > 0 ? undefined : this.document.toJS();
    } catch (error) {
      // Aliases are resolved here, not by the parser.
      if (!(error instanceof ReferenceError)) throw error;
      syntaxErrors.push(`${this.place(0)} is not valid YAML: ${error.message}`);
    }
    this.syntaxErrors = syntaxErrors;
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
      if (typeof value !== "object" || value === null) return undefined;
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
        keyOffset = start(next) ?? keyOffset;
      } else if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
        next = pair?.value;
        keyOffset = start(pair?.key) ?? keyOffset;
      }
      if (next === undefined) return keyOffset;
      node = next;
    }
    return atKey ? keyOffset : (start(node) ?? keyOffset);
  }
}

function start(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
