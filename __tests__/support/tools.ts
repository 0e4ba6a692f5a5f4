import { spawnSync } from "node:child_process";

/** @returns Those of the programs that cannot be started. */
export function missingTools(tools: readonly string[]): string[] {
  return tools.filter((tool) => spawnSync(tool, ["version", "--client"]).error !== undefined);
}

/** A `describe` whose tests run real programs. Where one is missing they are skipped, and set-up.ts says so. */
export function describeWithTools(tools: readonly string[], name: string, tests: () => void): void {
  const missing = missingTools(tools);
  if (missing.length === 0) describe(name, tests);
  else describe.skip(`${name} (skipped: ${missing.join(" and ")} not on the PATH)`, tests);
}
