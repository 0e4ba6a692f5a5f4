import fs from "node:fs";
import { Option } from "commander";
import { loadConfiguration } from "../config";
import { UserError } from "../config/user-error";
import { formatShard, shardOf } from "../config/shard";
import { command, parsedBy, run, settingsOf, withSelection, type Selection } from "./command-line";

/** Most jobs of one matrix in each system, from its documentation. */
const MOST: Readonly<Record<string, number>> = { github: 256, gitlab: 200, azure: 360 };

interface Options extends Selection {
  readonly shards: number;
  readonly format: string;
}

const matrix = withSelection(command("matrix"))
  .option("--shards <n>", "parts that clusters are divided into", parsedBy(parseCount), 1)
  .addOption(
    new Option(
      "--format <system>",
      "whose matrix it is: fromJSON of GitHub, parallel:matrix of GitLab, strategy: matrix of Azure DevOps",
    )
      .choices(Object.keys(MOST))
      .default("github"),
  )
  .action(({ shards, format, ...selection }: Options) => {
    const most = MOST[format] ?? 0;
    if (shards > most)
      throw new UserError(
        `--shards must be at most ${most}, the most jobs that a matrix of ${format} may have, got: ${shards}`,
      );
    const { environments } = loadConfiguration(settingsOf(selection));
    const clusters = environments.flatMap(({ name, clusters: all }) => Object.keys(all).map((key) => ({ name, key })));
    const counts = Array.from(
      { length: shards },
      (_, index) => clusters.filter(({ name, key }) => shardOf(name, key, shards) === index + 1).length,
    );
    // A job for nothing costs a runner.
    const parts = counts.flatMap((count, index) =>
      count > 0 ? [formatShard({ index: index + 1, count: shards })] : [],
    );
    const text = JSON.stringify(asMatrix(parts, format));
    console.log(text);
    // What a later job reads: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-output-parameter
    const { GITHUB_OUTPUT: outputs, TF_BUILD: isAzure } = process.env;
    if (outputs) fs.appendFileSync(outputs, `matrix=${text}\n`);
    if (isAzure) console.log(`##vso[task.setvariable variable=matrix;isOutput=true]${text}`);
  });

function asMatrix(parts: readonly string[], format: string): object {
  if (format === "azure")
    return Object.fromEntries(parts.map((shard) => [`shard_${shard.replace("/", "_of_")}`, { SHARD: shard }]));
  if (format === "gitlab") return [{ SHARD: parts }];
  return { include: parts.map((shard) => ({ shard })) };
}

function parseCount(text: string): number {
  const count = Number(text);
  if (/^[1-9]\d*$/.test(text) && count <= 100_000) return count;
  throw new Error(`It must be a number of jobs from 1 on, got: "${text}"`);
}

void run(matrix);
