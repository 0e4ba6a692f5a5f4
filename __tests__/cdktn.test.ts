import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fleetOf } from "../tools/bench/fleet";
import { PROJECT, SHIPPED, filesIn, temporaryFolder } from "./support/synthesized";

/** Every file of an output folder, JSON parsed and without the stamp of the version that wrote it. */
function outputOf(file: string, framework: string, outdir = temporaryFolder()): Record<string, unknown> {
  const { status, stderr } = spawnSync(process.execPath, ["tools/run.cjs", "main.ts", "--quiet"], {
    cwd: PROJECT,
    env: { ...process.env, ENVIRONMENTS: file, CDKTF_OUTDIR: outdir, CDKTF_PACKAGE: framework },
    encoding: "utf8",
  });
  // Nor does it say that it is not what makes synthesis fast here.
  expect([status, stderr.replace(/^Warning: .*\n/gm, "")]).toEqual([0, ""]);
  return Object.fromEntries(
    filesIn(outdir).map((name) => {
      const text = fs.readFileSync(path.join(outdir, name), "utf8");
      const stamp = /"version": "0\.(21|24)\.0"/;
      // Of files with the stamp; seals are over digests.
      const digest = /"(digest|[a-z0-9-]+)": "[0-9a-f]{64}"/g;
      return [
        name,
        name.endsWith(".json")
          ? (JSON.parse(text.replace(stamp, '"version": "<version>"').replace(digest, '"$1": "<digest>"')) as unknown)
          : text,
      ];
    }),
  );
}

/** By threads. */
const FLEET = "a fleet";

it.each([...SHIPPED, FLEET])("the fork cdktn synthesizes %s to the same JSON as cdktf", (title) => {
  const file = title === FLEET ? path.join(temporaryFolder(), "fleet.yaml") : title;
  if (title === FLEET) fs.writeFileSync(file, fleetOf(210));
  const [cdktf, cdktn] = [outputOf(file, "cdktf"), outputOf(file, "cdktn")];
  expect(Object.keys(cdktf).length).toBeGreaterThan(4);
  expect(cdktn).toEqual(cdktf);
});

it("another framework keeps no stack of the first", () => {
  const [file = ""] = SHIPPED;
  const outdir = temporaryFolder();
  outputOf(file, "cdktf", outdir);
  outputOf(file, "cdktn", outdir);
  const versions = filesIn(path.join(outdir, "stacks"))
    .filter((name) => name.endsWith("cdk.tf.json"))
    .map((name) => /"version": "(0\..*)"/.exec(fs.readFileSync(path.join(outdir, "stacks", name), "utf8"))?.[1]);
  expect(new Set(versions)).toEqual(new Set(["0.24.0"]));
  expect(versions.length).toBeGreaterThan(2);
});
