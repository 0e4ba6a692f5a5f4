import { spawnSync } from "node:child_process";
import { terraformBinary } from "../../rehearsal/terraform";

/** A `describe` whose tests run the real Terraform. Where it is missing they are skipped, and the report says so. */
export function describeWithTerraform(name: string, tests: () => void): void {
  const binary = terraformBinary();
  if (spawnSync(binary, ["version"]).status === 0) {
    describe(name, tests);
    return;
  }
  const notice = `${name} (skipped: ${binary} is not on the PATH)`;
  console.warn(notice);
  describe.skip(notice, tests);
}
