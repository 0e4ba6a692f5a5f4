import fs from "node:fs";
import type { Command } from "commander";

/** The choice of where a document goes. */
export interface OutputChoice {
  readonly out?: string;
}

/** Adds `--out`. */
export function withOutput(to: Command): Command {
  return to.option("--out <file>", "write to this file; default: standard output");
}

/** Writes a document that ends with its own last line. */
export function deliver(text: string, { out }: OutputChoice): void {
  if (out === undefined) process.stdout.write(text);
  else fs.writeFileSync(out, text);
}
