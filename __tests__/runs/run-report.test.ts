import fs from "node:fs";
import path from "node:path";
import { readReports, writeReport, type RunReport } from "../../runs/run-report";
import { temporaryFolder } from "../support/synthesized";

const folder = temporaryFolder();
const report = (shard: string, outcome: "failed" | "changed" = "changed"): RunReport => ({
  ...{ command: "apply", shard, stacks: [{ stack: `s${shard}`, digest: "1", outcome, seconds: 1 }] },
});

test("reports are read in the order of parts, from folders of their jobs, the later run of a job over the earlier", () => {
  writeReport(path.join(folder, "results-2"), report("10/10"));
  writeReport(path.join(folder, "results-1"), report("2/10"));
  writeReport(path.join(folder, "results-3-1"), report("3/10", "failed"));
  writeReport(path.join(folder, "results-3-2"), report("3/10"));
  expect(readReports(folder)).toEqual([report("2/10"), report("3/10"), report("10/10")]);
});

test.each(["{", "[]", '{"command":"apply"}'])("what is no report is refused: %s", (text) => {
  const other = temporaryFolder();
  fs.writeFileSync(path.join(other, "apply.json"), text);
  expect(() => readReports(other)).toThrow(/apply\.json: it is no report of a run$/);
});

test("a folder that is not there has none", () => {
  expect(readReports(path.join(folder, "nowhere"))).toEqual([]);
});
