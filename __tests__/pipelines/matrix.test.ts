import fs from "node:fs";
import path from "node:path";
import { rehearsalOf, shipped, waitingPods } from "../rehearsal/rehearsals";
import { describeWithTools } from "../support/tools";
import { COMMANDS, LINES, OWN_LINES, pipelineOf, type Pipeline } from "./pipeline";

const SHARDS = 3;

/** Stacks in which a command succeeded. */
const ran = (pipeline: Pipeline, command: string) =>
  pipeline.diary().flatMap((line) => new RegExp(`^end (\\S+) ${command} [02]`).exec(line)?.[1] ?? []);

describeWithTools(["terraform", "bash"], "all jobs of a matrix in one world", () => {
  const pipeline = pipelineOf(rehearsalOf({ environment: shipped("examples/pull-methods.yaml") }));
  const env = { ENVIRONMENTS: "examples/pull-methods.yaml", CI: "" };
  const shard = (index: number, command = "apply") =>
    pipeline.run(LINES.clusters, { ...env, COMMAND: command, SHARD: `${index}/${SHARDS}` });
  const [, summary] = OWN_LINES["github-actions.yml"];
  const MATRIX = JSON.stringify({ include: [1, 2, 3].map((index) => ({ shard: `${index}/${SHARDS}` })) });

  it("begins with what all clusters share", async () => {
    expect(await pipeline.run(LINES.shared, { ...env, COMMAND: "apply" })).toMatchObject({ code: 0 });
    expect(ran(pipeline, "apply").toSorted()).toEqual(["pull-methods-images", "pull-methods-registry"]);
    // Somebody else gives the cluster with a secret of its own a role, now that there is a registry.
    pipeline.rehearsal.world.othersActed();
  });

  it("does each cluster in one job, its identity before its workload, and all of them once; one that fails stops no other", async () => {
    pipeline.rehearsal.faults.add({ kind: "500", type: "azuread_application", operation: "create" });
    const jobs = [];
    for (let index = 1; index <= SHARDS; index++) {
      jobs.push(await shard(index));
      if (index > 1) continue;
      const { code, stdout } = await pipeline.run(summary, { ...env, MATRIX });
      expect(code).toBe(1);
      expect(stdout).toContain("Ended before they could say how it went: the jobs of 2/3, 3/3.");
    }
    expect(jobs.filter(({ code }) => code === 1)).toHaveLength(1);
    const done = ran(pipeline, "apply");
    for (const identity of done.filter((name) => name.includes("-identity-"))) {
      const workload = identity.replace("-identity-", "-workload-");
      if (done.includes(workload)) expect(done.indexOf(identity)).toBeLessThan(done.indexOf(workload));
    }
    expect(new Set(done).size).toBe(done.length);
  });

  it("says in a last job what failed, and what to run again", async () => {
    const step = path.join(pipeline.rehearsal.folder, "step.md");
    const { code, stdout } = await pipeline.run(summary, { ...env, MATRIX, GITHUB_STEP_SUMMARY: step });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\| pull-methods-identity-\S+ \| failed: .* \|$/m);
    expect(stdout).toMatch(/^\| pull-methods-workload-\S+ \| not begun: comes after pull-methods-identity-\S+ \|$/m);
    expect(stdout.match(/^- `npx acr-pull apply --shard \d\/3`$/gm)).toHaveLength(1);
    expect(stdout).not.toContain("Ended before");
    expect(fs.readFileSync(step, "utf8")).toBe(stdout);
  });

  it("goes on with the job that failed, when it is run again, and the others have nothing to do", async () => {
    for (let index = 1; index <= SHARDS; index++) expect(await shard(index)).toMatchObject({ code: 0 });
    expect(waitingPods(pipeline.rehearsal)).toEqual([]);
    pipeline.diary();
    for (let index = 1; index <= SHARDS; index++) expect(await shard(index)).toMatchObject({ code: 0 });
    expect(ran(pipeline, "apply")).toEqual([]);
    const { code, stdout } = await pipeline.run(summary, { ...env, MATRIX });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^## Apply\n\n(\d+) of \1 stacks have no changes\.\n$/)]);
  });

  it("begins nothing on a quiet day, and knows it by the dates in the states", async () => {
    const { code, stderr } = await pipeline.run(COMMANDS.rotate, env);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^\d+ stacks have the password of this period: nothing to do$/m);
    expect(pipeline.diary().filter((line) => line.startsWith("begin") && !line.includes(" state pull"))).toEqual([]);
  });

  it("begins everything with --all", async () => {
    expect(await pipeline.run("npx acr-pull rotate --all", env)).toMatchObject({ code: 0 });
    expect(ran(pipeline, "plan").length).toBeGreaterThan(4);
  });

  it("begins the clusters with passwords when their time has come", async () => {
    pipeline.rehearsal.clouds.clock.advance(31 * 24 * 60 * 60 * 1000);
    // Nobody outside has a token here.
    expect(await pipeline.run(LINES.shared, { ...env, COMMAND: "rotate" })).toMatchObject({ code: 0 });
    for (let index = 1; index <= SHARDS; index++) expect(await shard(index, "rotate")).toMatchObject({ code: 0 });
    const applied = ran(pipeline, "apply");
    expect(applied).toEqual(
      expect.arrayContaining(["principal", "token", "vault"].map((key) => `pull-methods-identity-${key}`)),
    );
    expect(applied.filter((name) => /-(identity|others)$/.test(name))).toEqual([]);
    expect(waitingPods(pipeline.rehearsal)).toEqual([]);
  });
});
