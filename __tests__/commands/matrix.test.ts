import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { PROJECT, temporaryFolder } from "../support/synthesized";

const folder = temporaryFolder();

function matrix(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/acr-pull.cjs", "matrix", ...args], {
    ...{ cwd: PROJECT, encoding: "utf8" },
    env: { ...process.env, ENVIRONMENTS: "examples/fleet.yaml", CLUSTERS: "", GITHUB_OUTPUT: "", TF_BUILD: "", ...env },
  });
  return { status, stdout, stderr };
}

test.each([
  ["github", '{"include":[{"shard":"1/2"},{"shard":"2/2"}]}\n'],
  ["gitlab", '[{"SHARD":["1/2","2/2"]}]\n'],
  ["azure", '{"shard_1_of_2":{"SHARD":"1/2"},"shard_2_of_2":{"SHARD":"2/2"}}\n'],
])("is what %s reads", (format, stdout) => {
  expect(matrix(["--shards", "2", "--format", format])).toEqual({ status: 0, stdout, stderr: "" });
});

test("has no job for nothing", () => {
  const { stdout } = matrix(["--shards", "200"]);
  const { include } = JSON.parse(stdout) as { include: { shard: string }[] };
  expect(include.length).toBeLessThanOrEqual(10);
  expect(include.every(({ shard }) => shard.endsWith("/200"))).toBe(true);
});

test("is an output of the step in GitHub, and of the job in Azure DevOps", () => {
  const file = path.join(folder, "output");
  matrix(["--shards", "1"], { GITHUB_OUTPUT: file });
  expect(fs.readFileSync(file, "utf8")).toBe('matrix={"include":[{"shard":"1/1"}]}\n');
  expect(matrix(["--shards", "1", "--format", "azure"], { TF_BUILD: "True" }).stdout).toContain(
    '##vso[task.setvariable variable=matrix;isOutput=true]{"shard_1_of_1":{"SHARD":"1/1"}}\n',
  );
});

test.each([
  ["github", 257, 256],
  ["gitlab", 201, 200],
  ["azure", 361, 360],
])("of %s has no %i jobs", (format, shards, most) => {
  expect(matrix(["--shards", String(shards), "--format", format])).toEqual({
    status: 1,
    stdout: "",
    stderr: `--shards must be at most ${most}, the most jobs that a matrix of ${format} may have, got: ${shards}\n`,
  });
});

test.each(["0", "-1", "1.5", "x"])("--shards %s is misuse", (shards) => {
  expect(matrix(["--shards", shards]).status).toBe(2);
});
