import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { PROJECT, temporaryFolder } from "../support/synthesized";
import { describeWithTools } from "../support/tools";

/** Wants a wave to be so long that its stacks have to wait for each other. */
const STACKS = Array.from({ length: 24 }, (_, index) => `demo-workload-c${index}`);

/** Says what it does in two pieces, says how many run with it, and fails for some stacks. */
const TERRAFORM = `#!/usr/bin/env bash
stack=\${1##*/}
touch "running/$stack"
[[ $2 == plan ]] && echo "$stack begins" && ls running | wc -l >>together && sleep 0.1 && echo "$stack ends"
rm "running/$stack"
[[ $2 != plan || ! " \${FAILING:-} " == *" $stack "* ]]
`;

describeWithTools(["bash"], "a wave of many stacks", () => {
  const folder = temporaryFolder();
  const run = (failing = "") =>
    spawnSync("docs/pipelines/apply.sh", {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, CI: "", TF_BUILD: "", TERRAFORM_BINARY_NAME: "./terraform", FAILING: failing },
    });

  beforeAll(() => {
    fs.cpSync(path.join(PROJECT, "docs/pipelines"), path.join(folder, "docs/pipelines"), { recursive: true });
    fs.writeFileSync(path.join(folder, "terraform"), TERRAFORM, { mode: 0o755 });
    fs.mkdirSync(path.join(folder, "running"));
    for (const stack of STACKS) {
      const directory = path.join(folder, "cdktf.out/stacks", stack);
      fs.mkdirSync(directory, { recursive: true });
      fs.writeFileSync(path.join(directory, "cdk.tf.json"), "{}");
    }
    fs.writeFileSync(path.join(folder, "cdktf.out/run-order.json"), JSON.stringify({ waves: [STACKS] }));
  });

  it("runs each once, six at a time, and prints in one piece what each says", () => {
    const { status, stdout, stderr } = run();
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const sections = stdout.trimEnd().split(/^== /m).slice(1);
    const wanted = STACKS.map((stack) => `${stack}\n${stack} begins\n${stack} ends`);
    expect(sections.map((section) => section.trimEnd()).sort()).toEqual(wanted.sort());
    const together = fs.readFileSync(path.join(folder, "together"), "utf8").trim().split("\n").map(Number);
    expect(Math.max(...together)).toBeGreaterThan(1);
    expect(Math.max(...together)).toBeLessThanOrEqual(6);
  });

  it("fails when one of them fails, whichever, ends the others, and names those that failed", () => {
    const failing = [STACKS[0], STACKS[11], STACKS[23]].join(" ");
    const { status, stdout, stderr } = run(failing);
    expect({ status, stderr }).toEqual({ status: 1, stderr: `failed: ${failing}\n` });
    expect(stdout.match(/ ends$/gm)).toHaveLength(STACKS.length);
  });
});
