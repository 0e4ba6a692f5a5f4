import { spawnSync } from "node:child_process";
import { PROJECT } from "../support/synthesized";

test("a section that does not exist is an error, and nothing is measured", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/acr-pull.cjs", "bench", "plan", "plans"], {
    cwd: PROJECT,
    encoding: "utf8",
  });
  expect(stderr).toBe(
    "error: command-argument value 'plans' is invalid for argument 'section'. Allowed choices are demo, fleets, changes, huge, manifests, rehearsal, plan, runs, pictures, suite.\n",
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});
