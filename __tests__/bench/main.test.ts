import { spawnSync } from "node:child_process";
import { PROJECT } from "../support/synthesized";

test("a section that does not exist is an error, and nothing is measured", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/run.cjs", "bench/main.ts", "plan", "plans"], {
    cwd: PROJECT,
    encoding: "utf8",
  });
  expect(stderr).toBe('npm run bench takes names of sections (demo, fleets, rehearsal, plan, suite), got: "plans"\n');
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
});
