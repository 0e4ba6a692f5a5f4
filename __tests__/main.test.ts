import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { PROJECT, SHIPPED, temporaryFolder } from "./support/synthesized";

function synth(variables: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/run.cjs", "main.ts"], {
    cwd: PROJECT,
    env: { ...process.env, ...variables },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

it("synthesizes all of environments/ by default, silently", () => {
  const outdir = temporaryFolder();
  expect(synth({ CDKTF_OUTDIR: outdir })).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(fs.readdirSync(path.join(outdir, "stacks")).sort()).toEqual([
    "demo-identity-aksdemo2",
    "demo-images",
    "demo-registry",
    "demo-workload-aksdemo2",
  ]);
});

it("prints one line a problem and exits with 1, without a stack trace", () => {
  const file = path.join(temporaryFolder(), "broken.yaml");
  fs.writeFileSync(file, "registry: { name: x }\nimages: {}\nclusters: {}\nworkloads: { a: 1 }\n");
  expect(synth({ ENVIRONMENTS: file })).toEqual({
    status: 1,
    stdout: "",
    stderr: [
      `${file}:1:1 registry.resourceGroup is required`,
      `${file}:1:19 registry.name must be 5-50 lowercase letters or digits, got: "x"`,
      `${file}:4:17 workloads.a must be a mapping, got: 1`,
      "",
    ].join("\n"),
  });
});

it("warns of what is allowed and risky, with its place", () => {
  const result = synth({ ENVIRONMENTS: "examples/all-options.yaml", CDKTF_OUTDIR: temporaryFolder() });
  expect(result.status).toBe(0);
  expect(result.stderr).toMatch(
    /^Warning: examples\/all-options\.yaml:26:14 registry\.adminUser gives everybody who holds it push/,
  );
});

it.each(SHIPPED)("needs no other program to synthesize %s", (file) => {
  const result = synth({ ENVIRONMENTS: file, CDKTF_OUTDIR: temporaryFolder(), PATH: temporaryFolder() });
  expect([result.status, result.stderr.replace(/^Warning: .*\n/gm, "")]).toEqual([0, ""]);
});
