import { isAlias, isMap, isSeq, type Document, type LineCounter, type Pair } from "yaml";
import { formatPath, formatValue, type Path, type Problem } from "./problem";
import { offsetOf, pairsOf } from "./yaml";

/** One document of YAML and its data: where in the file each value stands, and what is wrong with it in lines for people. */
export class DocumentPlaces {
  private readonly pairs = new Map<unknown, ReadonlyMap<string, Pair>>();

  /**
   * @param path Of the file, as it shall stand in messages.
   * @param lines Of the whole file, which may hold other documents.
   * @param data Of the document.
   */
  constructor(
    readonly path: string,
    private readonly document: Document,
    private readonly lines: LineCounter,
    private readonly data: unknown,
  ) {}

  /** A line `file:line:column path rule, got: value` for each problem, in the order of the file. */
  describe(problems: readonly Problem[]): string[] {
    return problems
      .map((problem) => ({ problem, offset: this.offset(problem.path, problem.atKey ?? false) }))
      .sort((a, b) => a.offset - b.offset)
      .map(({ problem, offset }) => this.line(problem, offset));
  }

  /** `file:line:column` of a value, or of its key; of the nearest parent where there is no such value. */
  placeOf(path: Path, atKey = false): string {
    return this.place(this.offset(path, atKey));
  }

  /** `file:line:column` of an offset in the file. */
  place(offset: number): string {
    const { line, col } = this.lines.linePos(offset);
    return `${this.path}:${line}:${col}`;
  }

  private line({ path, rule, atKey = false, showValue = true }: Problem, offset: number): string {
    const value = this.valueAt(path);
    const subject = path.length > 0 ? `${formatPath(path)} ` : "";
    const received = value !== undefined && showValue && !atKey ? `, got: ${formatValue(value)}` : "";
    return `${this.place(offset)} ${subject}${rule}${received}`;
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
    let keyOffset = offsetOf(node) ?? 0;
    for (const part of path) {
      const target: unknown = isAlias(node) ? node.resolve(this.document) : node;
      let next: unknown;
      if (isSeq(target) && typeof part === "number") {
        next = target.items[part];
        keyOffset = offsetOf(next) ?? keyOffset;
      } else if (isMap(target)) {
        const pair = this.pairsOf(target).get(String(part));
        next = pair?.value;
        keyOffset = offsetOf(pair?.key) ?? keyOffset;
      }
      if (next === undefined || next === null) return keyOffset;
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
