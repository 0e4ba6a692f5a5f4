import type { Result } from "../live/check";

/** What is written to: standard error as a rule, so that a report can be piped. */
export interface Terminal {
  write(text: string): unknown;
  /** Its width; 0 where the terminal does not know. @default 80 */
  readonly columns?: number;
}

const CLEAR = "\r\u001b[K";

/** One line of a terminal that says what is being looked at; it goes before anything else is written. */
export class Progress {
  private checked = 0;
  private failed = 0;
  private environment = "";

  constructor(private readonly terminal: Terminal) {}

  /** Says whose turn it is. What was counted before still counts. */
  begin(environment: string): void {
    this.environment = environment;
    this.show("");
  }

  add({ subject, state }: Pick<Result, "subject" | "state">): void {
    this.checked += 1;
    if (state === "failed") this.failed += 1;
    this.show(subject);
  }

  clear(): void {
    this.terminal.write(CLEAR);
  }

  private show(subject: string): void {
    const parts = [
      `${this.environment}: ${this.checked} checked`,
      ...(this.failed > 0 ? [`${this.failed} failed`] : []),
    ];
    const line = `${parts.join(", ")}${subject === "" ? "" : ` (${subject})`}`;
    // A line that wraps cannot be taken back.
    const { columns = 0 } = this.terminal;
    this.terminal.write(`${CLEAR}${line.slice(0, (columns > 0 ? columns : 80) - 1)}`);
  }
}
