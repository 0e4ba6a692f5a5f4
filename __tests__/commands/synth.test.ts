import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { PROJECT, SHIPPED, temporaryFolder } from "../support/synthesized";

function synth(variables: Record<string, string>, ...args: string[]) {
  const command = ["tools/acr-pull.cjs", "synth", ...(args.length > 0 ? args : ["--quiet"])];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: PROJECT,
    env: { ...process.env, ...variables },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

it("is what cdktf runs", () => {
  const { app } = JSON.parse(fs.readFileSync(path.join(PROJECT, "cdktf.json"), "utf8")) as { app: string };
  const outdir = temporaryFolder();
  const [program = "", ...args] = app.split(" ");
  const { status, stderr } = spawnSync(program, args, {
    ...{ cwd: PROJECT, encoding: "utf8", env: { ...process.env, CDKTF_OUTDIR: outdir } },
  });
  expect(status).toBe(0);
  expect(stderr).toMatch(/^4 stacks in \d+\.\d\d s, 0 removed$/m);
  expect(fs.existsSync(path.join(outdir, "manifest.json"))).toBe(true);
});

it("ends with a table of what was written, for people and as JSON", () => {
  const outdir = temporaryFolder();
  const first = synth({ CDKTF_OUTDIR: outdir }, "--environment", "demo,examples/fleet.yaml");
  expect(first).toMatchObject({ status: 0, stdout: "" });
  expect(first.stderr).toMatch(
    /^environment +registry +images +identity +workload +written +unchanged\ndemo +1 +1 +1 +1 +4 +0\nfleet +1 +1 +10 +10 +22 +0\n26 stacks in \d+\.\d\d s, 0 removed\n$/,
  );
  const second = synth({ CDKTF_OUTDIR: outdir }, "--environment", "demo", "--json");
  expect(second).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(second.stdout)).toEqual({
    environments: [{ environment: "demo", registry: 1, images: 1, identity: 1, workload: 1, written: 0, unchanged: 4 }],
    removed: 22,
    seconds: expect.any(Number) as number,
  });
});

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

it("writes the stacks of one part as they are in the whole, with what all clusters share", () => {
  const whole = temporaryFolder();
  const options = ["--quiet", "--environment", "examples/fleet.yaml"];
  expect(synth({ CDKTF_OUTDIR: whole }, ...options)).toMatchObject({ status: 0 });
  const names = (outdir: string) => fs.readdirSync(path.join(outdir, "stacks"));
  const text = (outdir: string, name: string) =>
    fs.readFileSync(path.join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
  const parts = ["1/3", "2/3", "3/3"].map((shard) => {
    const part = temporaryFolder();
    expect(synth({ CDKTF_OUTDIR: part }, ...options, "--shard", shard)).toMatchObject({ status: 0 });
    for (const name of names(part)) expect(text(part, name)).toBe(text(whole, name));
    return names(part).filter((name) => !/-(registry|images)$/.test(name));
  });
  expect([...parts.flat(), "fleet-registry", "fleet-images"].sort()).toEqual(names(whole).sort());
  // A part that has no cluster at all has the rest.
  const empty = temporaryFolder();
  expect(synth({ CDKTF_OUTDIR: empty }, ...options, "--shard", "1/360")).toMatchObject({ status: 0 });
  expect(names(empty).sort()).toEqual(["fleet-images", "fleet-registry"]);
});

it("prints one line a problem and exits with 1, without a stack trace", () => {
  const file = path.join(temporaryFolder(), "broken.yaml");
  fs.writeFileSync(file, "registry: { name: x }\nimages: {}\nclusters: {}\nworkloads: { a: 1 }\n");
  expect(synth({ ENVIRONMENTS: file })).toEqual({
    status: 1,
    stdout: "",
    stderr: [
      `${file}:1:1 registry.resourceGroup is required`,
      `${file}:1:1 registry.location is required to create a registry`,
      `${file}:1:1 registry.sku is required to create a registry`,
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
    /^Warning: examples\/all-options\.yaml:28:14 registry\.adminUser gives everybody who holds it push/,
  );
});

it("synthesizes one cluster to the same bytes as in the whole, with what it needs and nothing else", () => {
  const [whole, one] = [temporaryFolder(), temporaryFolder()];
  const ENVIRONMENTS = "examples/pull-methods.yaml";
  expect(synth({ ENVIRONMENTS, CDKTF_OUTDIR: whole }).status).toBe(0);
  const chosen = synth({ ENVIRONMENTS, CDKTF_OUTDIR: one, CLUSTERS: "vault" });
  expect({ ...chosen, stderr: chosen.stderr.replace(/^Warning: .*\n/gm, "") }).toEqual({
    ...{ status: 0, stdout: "", stderr: "" },
  });
  const stacks = fs.readdirSync(path.join(one, "stacks")).sort();
  expect(stacks).toEqual(
    ["identity-vault", "images", "registry", "workload-vault"].map((kind) => `pull-methods-${kind}`),
  );
  for (const stack of stacks) {
    const [expected, actual] = [whole, one].map((outdir) =>
      fs.readFileSync(path.join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"),
    );
    expect(actual).toBe(expected);
  }
});

it("refuses a cluster that is not there, and leaves the output as it was", () => {
  const outdir = temporaryFolder();
  expect(synth({ ENVIRONMENTS: "demo", CDKTF_OUTDIR: outdir, CLUSTERS: "aksdemo3" })).toEqual({
    status: 1,
    stdout: "",
    stderr: 'CLUSTERS (--cluster) must name clusters of demo, got: "aksdemo3"; did you mean "aksdemo2"?\n',
  });
  expect(fs.readdirSync(outdir)).toEqual([]);
});

it("says what a rename will do, before anything does it", () => {
  const outdir = temporaryFolder();
  const file = path.join(temporaryFolder(), "shop.yaml");
  const write = (key: string) => {
    const demo = fs.readFileSync(path.join(PROJECT, "environments/demo.yaml"), "utf8");
    const text = demo.replaceAll("acrdemo2ss", "acrshop").replaceAll("acr-sp-demo", "acr-sp-shop");
    fs.writeFileSync(
      file,
      text.replaceAll("context: aksdemo2", "context: shop").replace("  acr-app2: { image:", `  ${key}: { image:`),
    );
  };
  write("shop");
  expect(synth({ ENVIRONMENTS: file, CDKTF_OUTDIR: outdir }).stderr).toBe("");
  write("store");
  expect(synth({ ENVIRONMENTS: file, CDKTF_OUTDIR: outdir }).stderr).toMatch(
    /^Warning: the next apply of shop-workload-aksdemo2 destroys kubernetes_deployment_v1\.workloads_shop_\S+ kubernetes_service_v1\.workloads_shop_\S+ and creates kubernetes_deployment_v1\.workloads_store_\S+ kubernetes_service_v1\.workloads_store_\S+\n$/,
  );
});

it.each(SHIPPED)("needs no other program to synthesize %s", (file) => {
  const result = synth({ ENVIRONMENTS: file, CDKTF_OUTDIR: temporaryFolder(), PATH: temporaryFolder() });
  expect([result.status, result.stderr.replace(/^Warning: .*\n/gm, "")]).toEqual([0, ""]);
});
