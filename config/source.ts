import { DocumentPlaces } from "./document-places";
import type { Problem } from "./problem";
import { parseYaml } from "./yaml";

/** One YAML file: its data, and where in the text each value stands. */
export class SourceFile {
  /** Parsed content; undefined where the text is not YAML. */
  readonly data: unknown;
  /** Lines `file:line:column …` for text that is not YAML. */
  readonly syntaxErrors: readonly string[];

  private readonly places: DocumentPlaces;

  /**
   * @param path As it shall stand in messages.
   * @param content Text, or the bytes of a file.
   */
  constructor(
    readonly path: string,
    content: string | Uint8Array,
  ) {
    const { document, lines, data, faults } = parseYaml(textOf(content));
    const broken = brokenAt(content);
    this.data = broken === undefined ? data : undefined;
    this.places = new DocumentPlaces(path, document, lines, this.data);
    this.syntaxErrors =
      broken === undefined
        ? faults.map(({ offset, message }) => `${this.places.place(offset)} is not valid YAML: ${message}`)
        : [`${this.places.place(broken)} is not valid YAML: the file must be UTF-8`];
  }

  /** A line `file:line:column path rule, got: value` for each problem, in the order of the file. */
  describe(problems: readonly Problem[]): string[] {
    return this.places.describe(problems);
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
