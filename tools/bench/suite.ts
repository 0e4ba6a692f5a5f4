import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { printTable } from "./markdown";

/** The part of jest's report that is printed. https://jestjs.io/docs/cli#--json */
interface Report {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTests: number;
}

/** All tests, once. */
export async function suite(): Promise<void> {
  console.error("suite: npm test");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
  const file = path.join(folder, "report.json");
  try {
    const start = performance.now();
    const child = spawn("npm", ["test", "--", "--json", `--outputFile=${file}`], { stdio: "ignore" });
    await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    const seconds = (performance.now() - start) / 1000;
    if (!fs.existsSync(file)) throw new Error("npm test ended without a report");
    const { numTotalTests, numPassedTests, numPendingTests, numFailedTests } = JSON.parse(
      fs.readFileSync(file, "utf8"),
    ) as Report;
    const counts = [numTotalTests, numPassedTests, numFailedTests, numPendingTests].map(String);
    printTable(
      "The test suite",
      ["", "seconds", "tests", "passed", "failed", "skipped"],
      [["`npm test`", seconds.toFixed(0), ...counts]],
      [],
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
