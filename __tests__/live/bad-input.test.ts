import fs from "node:fs";
import path from "node:path";
import { auths, cluster, environmentOf, pullSecret } from "./support/cluster-objects";
import { Stage } from "./support/stage";

const AZ_EXPIRED = [
  "ERROR: AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks. Trace ID: 1 Correlation ID: 2",
  "Interactive authentication is needed. Please run:",
  "az login --scope https://management.core.windows.net//.default",
].join("\n");

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({
    registries: { contoso: { images: {} }, nowhere: { images: {}, unknown: true } },
    clusters: { edge: cluster(pullSecret(auths("user", "password"))) },
  });
});
afterAll(() => {
  stage.close();
});

const pull = { existingSecret: { name: "contoso-secret" } };
const environment = (name: string, kubeconfig: object, registry = "contoso") =>
  stage.environment(name, {
    ...environmentOf({ name: registry }, { edge: pull }),
    clusters: { edge: { kubeconfig, pull } },
  });

/** Lines about what failed, as they are printed. */
async function failures(args: readonly string[]): Promise<{ code: number | null; lines: string[] }> {
  const { code, stdout, stderr } = await stage.run(args);
  expect(stderr.split("\n").filter((line) => line !== "" && !line.startsWith("Warning: "))).toEqual([]);
  return { code, lines: stdout.split("\n").filter((line) => line.startsWith("  FAILED ")) };
}

describe.each(["doctor", "verify"])("%s", (command) => {
  it.each([
    ["no kubeconfig", { path: "~/nothing" }, /^ {2}FAILED {6}answers: ~\/nothing: ENOENT: no such file or directory/],
    [
      "an unknown context",
      { context: "other" },
      /^ {2}FAILED {6}answers: ~\/\.kube\/config has no context "other", but edge$/,
    ],
  ])("says of %s in one line, with exit code 1", async (_what, kubeconfig, words) => {
    const { code, lines } = await failures([command, "--environment", environment("input", kubeconfig)]);
    const ofCluster = lines.filter((line) => line.includes(" answers: "));
    expect({ code, ofCluster }).toEqual({ code: 1, ofCluster: [expect.stringMatching(words)] });
  });
});

describe.each([
  ["no kubeconfig", { path: "~/nothing" }, /^input\/edge: not checked: ~\/nothing: ENOENT: no such file or directory/],
  [
    "an unknown context",
    { context: "other" },
    /^input\/edge: not checked: ~\/\.kube\/config has no context "other", but edge$/,
  ],
])("status", (what, kubeconfig, words) => {
  it(`says of ${what} in one line, with exit code 1`, async () => {
    const { code, stdout } = await stage.run(["status", "--environment", environment("input", kubeconfig)]);
    const lines = stdout.split("\n").filter((line) => line.includes("not checked"));
    expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringMatching(words)] });
  });
});

it("says of a registry that does not exist in one line, with exit code 1", async () => {
  const file = environment("input", { context: "edge" }, "nowhere");
  const { code, lines } = await failures(["doctor", "--environment", file]);
  expect({ code, lines: lines.filter((line) => line.includes("is there: there is no registry")) }).toEqual({
    code: 1,
    lines: ["  FAILED      is there: there is no registry nowhere in resource group rg"],
  });
});

describe("an operator's login that has ended", () => {
  const az = () => path.join(stage.folder, "bin/az");
  let good: string;
  beforeAll(() => {
    good = fs.readFileSync(az(), "utf8");
    fs.writeFileSync(az(), `#!/bin/sh\ncat >&2 <<'END'\n${AZ_EXPIRED}\nEND\nexit 1\n`);
  });
  afterAll(() => {
    fs.writeFileSync(az(), good);
  });

  it("is said in Entra's words and one line, with exit code 1", async () => {
    const file = environment("input", { context: "edge" });
    const { code, lines } = await failures(["doctor", "--environment", file]);
    expect({ code, lines: lines.filter((line) => line.includes("is logged in")) }).toEqual({
      code: 1,
      lines: [
        "  FAILED      is logged in to Azure: AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks.",
      ],
    });
  });

  it("is not hidden behind another login: who is named by variables is asked alone", async () => {
    fs.writeFileSync(az(), good);
    const file = environment("input", { context: "edge" });
    const { stdout } = await stage.run(["doctor", "--environment", file], {
      ARM_CLIENT_ID: "00000000-0000-4000-8000-000000000000",
      ARM_CLIENT_SECRET: "s3cret-of-nobody",
      HTTPS_PROXY: "http://127.0.0.1:1",
    });
    expect(stdout).toMatch(/FAILED {6}is logged in to Azure: network_error/);
    expect(stdout).not.toContain("s3cret-of-nobody");
  });
});
