import { spawnSync } from "node:child_process";

/** A `describe` whose tests run real programs. Where one is missing they are skipped, and the report says so. */
export function describeWithTools(tools: readonly string[], name: string, tests: () => void): void {
  const missing = tools.filter((tool) => spawnSync(tool, ["version", "--client"]).error !== undefined);
  if (missing.length === 0) {
    describe(name, tests);
    return;
  }
  const notice = `${name} (skipped: ${missing.join(" and ")} not on the PATH)`;
  console.warn(notice);
  describe.skip(notice, tests);
}
