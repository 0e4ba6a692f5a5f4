import type { Environment } from "../config";
import type { Changes } from "./changes";
import type { RunOrder } from "./run-order";
import { KINDS } from "./stacks-of";
import { table } from "./table";

/** What a synthesis wrote, in numbers of stacks. */
export interface Summary {
  readonly environments: readonly (Readonly<Record<(typeof KINDS)[number], number>> & {
    readonly environment: string;
    /** New, or with another content than before. */
    readonly written: number;
    readonly unchanged: number;
  })[];
  /** Stacks that are no longer synthesized. */
  readonly removed: number;
  readonly seconds: number;
}

export function summarize(
  environments: readonly Environment[],
  { stacks }: RunOrder,
  { written, gone }: Changes,
  seconds: number,
): Summary {
  const all = Object.entries(stacks).map(([name, { environment, kind }]) => ({ name, environment, kind }));
  const isWritten = new Set(written);
  return {
    environments: environments.map(({ name }) => {
      const own = all.filter(({ environment }) => environment === name);
      const count = (kind: (typeof KINDS)[number]) => own.filter((stack) => stack.kind === kind).length;
      const changed = own.filter((stack) => isWritten.has(stack.name)).length;
      return {
        environment: name,
        ...{ registry: count("registry"), images: count("images") },
        ...{ identity: count("identity"), workload: count("workload") },
        ...{ written: changed, unchanged: own.length - changed },
      };
    }),
    removed: gone.length,
    seconds: Math.round(seconds * 100) / 100,
  };
}

/** A table for people, and a line that counts. */
export function formatSummary({ environments, removed, seconds }: Summary): string {
  const columns = ["environment", ...KINDS, "written", "unchanged"] as const;
  const lines = table(
    columns,
    environments.map((row) => columns.map((column) => String(row[column]))),
  );
  const total = environments.reduce((sum, { written, unchanged }) => sum + written + unchanged, 0);
  return [...lines, `${total} stacks in ${seconds.toFixed(2)} s, ${removed} removed`].join("\n");
}
