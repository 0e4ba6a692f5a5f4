import type { Spread } from "./measure";

/** A bound that a measured figure is to keep. */
export interface Goal {
  readonly subject: string;
  readonly bound: "at most" | "at least";
  readonly limit: number;
  /** `×` or `s`. @default - a plain number */
  readonly unit?: string;
  /** What a ratio is to: `the floor`. @default - it is no ratio */
  readonly reference?: string;
  /** The figure, in the unit. */
  readonly value: number;
}

/** Prints a table, and below it its goals and whether they were met. */
export function printTable(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  goals: readonly Goal[],
): void {
  const alignment = header.map((_, column) => (column === 0 ? "---" : "---:"));
  const table = [header, alignment, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const below = goals.length > 0 ? goals.map(describeGoal).join("  \n") : "goal: none";
  console.log(`### ${title}\n\n${table.join("\n")}\n\n${below}\n`);
}

/** @returns `goal: synthesis at most 1.50 × the floor: 0.87 ×, met` */
export function describeGoal({ subject, bound, limit, unit = "", reference = "", value }: Goal): string {
  const figure = (number: number) => `${number.toFixed(2)} ${unit}`.trim();
  const isMet = bound === "at most" ? value <= limit : value >= limit;
  const demand = `${subject} ${bound} ${figure(limit)} ${reference}`.trim();
  return `goal: ${demand}: ${figure(value)}, ${isMet ? "met" : "NOT met"}`;
}

/** @returns `0.15 (0.14–0.19)`: median, smallest and largest. */
export function spread({ median, min, max }: Spread, digits = 2): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

/** @returns `0.87 ×` */
export function ratio(value: number, base: number): string {
  return `${(value / base).toFixed(2)} ×`;
}
