import path from "node:path";
import { UserError } from "../config/user-error";
import { runMarkdown } from "../runs/markdown";
import { publishSummary } from "../runs/publish-summary";
import { hasFailed, readReports } from "../runs/run-report";
import { command, run, warn } from "./command-line";

interface Options {
  readonly matrix?: string;
}

const summary = command("summary")
  .argument("<folder>", "with the reports that runs have written with --out, of all jobs of a matrix")
  .option("--matrix <json>", "what acr-pull matrix has printed: parts without a report are named")
  .action(async (given: string, { matrix = "" }: Options) => {
    const folder = path.resolve(given);
    const reports = readReports(folder);
    const missing = (matrix.match(/\d+\/\d+/g) ?? []).filter((part) => reports.every(({ shard }) => shard !== part));
    if (reports.length === 0 && missing.length === 0)
      throw new UserError(`${given}: no run has left a report there: run it with --out`);
    const text = runMarkdown(reports, missing);
    process.stdout.write(text);
    const name = `summary of ${reports[0]?.command ?? "a run"}`;
    const problem = await publishSummary({ text, folder, name, variables: process.env, say: console.log });
    if (problem !== undefined) warn([problem]);
    if (missing.length > 0 || reports.some(hasFailed)) process.exitCode = 1;
  });

void run(summary);
