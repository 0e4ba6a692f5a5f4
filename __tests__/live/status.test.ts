import fs from "node:fs";
import path from "node:path";
import type { ClusterStatus } from "../../live/status/status";
import { Terraform } from "../../terraform/terraform";
import { describeWithTools } from "../support/tools";
import { auths, cluster, environmentOf, inDays, PATHS, pullSecret } from "./support/cluster-objects";
import { Stage } from "./support/stage";

const secret = (ends: number, applyBefore: number) => pullSecret(auths("user", "password"), { ends, applyBefore });

let stage: Stage;
let file: string;
beforeAll(async () => {
  stage = await Stage.open({
    registries: {},
    clusters: {
      fine: cluster(secret(60, 30)),
      soon: cluster(secret(40, 10)),
      past: cluster(secret(1, -2)),
      empty: cluster(undefined),
      blind: cluster(undefined, { [PATHS.secret]: 403 }),
      nodes: cluster(undefined),
    },
  });
  const pulls = Object.fromEntries(
    ["fine", "soon", "past", "empty", "blind"].map((key) => [key, { servicePrincipal: {} }]),
  );
  const nodes = { managedIdentity: { objectId: "33333333-3333-3333-3333-333333333333" } };
  file = stage.environment("dates", environmentOf({ name: "contoso" }, { ...pulls, nodes }));
});
afterAll(() => {
  stage.close();
});

async function status(args: readonly string[]): Promise<{ code: number | null; all: Map<string, ClusterStatus> }> {
  const { code, stdout, stderr } = await stage.run(["status", "--json", "--environment", file, ...args]);
  if (!stdout.startsWith("[")) throw new Error(stderr);
  return { code, all: new Map((JSON.parse(stdout) as ClusterStatus[]).map((one) => [one.cluster, one])) };
}

it("says of each cluster until when its secret is good, and when it was written", async () => {
  const { code, all } = await status(["--within", "7d"]);
  expect(code).toBe(3);
  expect(all.get("fine")).toMatchObject({
    method: "servicePrincipal",
    daysLeft: 29,
    applied: "2026-01-02T03:04:05Z",
    drift: [],
    due: false,
  });
  expect(all.get("soon")).toMatchObject({ daysLeft: 9, due: false });
  expect(all.get("past")).toMatchObject({ daysLeft: -3, due: true });
  expect(all.get("empty")).toMatchObject({ drift: ["shop has no contoso-secret"], due: true });
  expect(all.get("nodes")).toEqual({
    environment: "dates",
    cluster: "nodes",
    method: "managedIdentity",
    drift: [],
    unknown: [],
    due: false,
  });
});

it("does not take for missing what it may not read", async () => {
  const { all } = await status([]);
  expect(all.get("blind")).toMatchObject({ drift: [], due: false });
  expect(all.get("blind")?.unknown).toContain("needs the right to read /api/v1/namespaces/shop/secrets/contoso-secret");
});

it.each([
  ["10d", "soon", true],
  ["9", "soon", false],
])("within %s, %s is due: %s", async (within, key, due) => {
  const { all } = await status(["--within", within]);
  expect(all.get(key)?.due).toBe(due);
});

it("ends with 0 where nothing is due", async () => {
  const { code } = await stage.run(["status", "--environment", file, "--cluster", "fine"]);
  expect(code).toBe(0);
});

it("prints a table for people", async () => {
  const { stdout } = await stage.run(["status", "--environment", file]);
  expect(stdout.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, "<time>              ")).toMatchSnapshot();
});

it("prints metrics that a collector reads", async () => {
  const { stdout } = await stage.run(["status", "--prometheus", "--environment", file]);
  const lines = stdout.trim().split("\n");
  const sample = /^acr_pull_[a-z_]+\{environment="dates",cluster="\w+",method="\w+"\} -?\d+$/;
  expect(lines.filter((line) => !line.startsWith("# ")).every((line) => sample.test(line))).toBe(true);
  expect(lines).toContain('acr_pull_drifted{environment="dates",cluster="empty",method="servicePrincipal"} 1');
});

describeWithTools(["terraform"], "with the states of identity stacks", () => {
  it("knows the slot, and a namespace that holds an older password", async () => {
    const folder = path.join(stage.folder, "out/stacks/dates-identity-fine");
    fs.mkdirSync(folder, { recursive: true });
    const output = {
      username: { value: "user" },
      password: { value: "s3cret", sensitive: true },
      expires: { value: inDays(90) },
      apply_before: { value: inDays(60) },
      active_slot: { value: 2 },
    };
    fs.writeFileSync(
      path.join(folder, "cdk.tf.json"),
      JSON.stringify({ terraform: { backend: { local: { path: "here.tfstate" } } }, output }),
    );
    const terraform = new Terraform({ cwd: folder });
    for (const args of [["init"], ["apply", "-auto-approve"]])
      expect(await terraform.run(args)).toMatchObject({ code: 0 });
    const { code, all } = await status(["--cluster", "fine"]);
    expect(code).toBe(3);
    expect(all.get("fine")).toMatchObject({ slot: 2, daysLeft: 29, due: true, unknown: [] });
    expect(all.get("fine")?.drift).toEqual([
      expect.stringMatching(/^shop holds a password until .*, the identity stack has given one until /),
    ]);
  });
});
