import { spawnSync } from "node:child_process";
import { PROJECT } from "../support/synthesized";

it("stops cdktf's own modules from recording traces, in the file that tools/run.cjs makes", () => {
  // Without it, the runner itself keeps cdktf's traces empty until then.
  const env = { ...process.env, TOKEN_TRACES: "1" };
  const args = ["tools/run.cjs", "__tests__/synthesis/fixtures/print-trace.ts"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: PROJECT, env, encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: "true 0\n", stderr: "" });
});
