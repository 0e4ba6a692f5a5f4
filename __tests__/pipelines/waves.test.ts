import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { digestOfStack } from "../../synthesis/digest";
import { PROJECT, temporaryFolder } from "../support/synthesized";
import { describeWithTools } from "../support/tools";

/** Wants a wave to be so long that its stacks have to wait for each other. */
const STACKS = Array.from({ length: 24 }, (_, index) => `demo-workload-c${index}`);

/** Of a machine that has no way to a registry. */
const variablesIn = (folder: string) => ({
  ...process.env,
  ...{ CI: "", TF_BUILD: "", TERRAFORM_BINARY_NAME: "./terraform", CHECK_PULLS: "no", ACR_PULL_PAUSE_MS: "10" },
  TF_PLUGIN_CACHE_DIR: "",
  CDKTF_OUTDIR: path.join(folder, "cdktf.out"),
});

/** The command of the pipelines, as npm finds it. */
const PROGRAM = path.join(PROJECT, "tools/acr-pull.cjs");
const APPLY = [PROGRAM, "apply"];

/** Is throttled some times. */
const THROTTLED = `#!/usr/bin/env bash
[[ $2 == plan ]] || exit 0
echo x >>tries
(( $(wc -l <tries) > TIMES )) && exit 0
echo "Error: unexpected status 429 (429 Too Many Requests)" >&2
exit 1
`;

/** Says what it does in two pieces, says how many run with it, and fails for some stacks. Interrupted, it ends by itself as Terraform does. */
const TERRAFORM = `#!/usr/bin/env bash
trap : INT
stack=\${1##*/}
touch "running/$stack"
[[ $2 == plan ]] && echo "$stack begins" && ls running | wc -l >>together && sleep 0.1 && echo "$stack ends"
rm "running/$stack"
[[ $2 != plan || ! " \${FAILING:-} " == *" $stack "* ]]
`;

describeWithTools(["bash"], "a wave of many stacks", () => {
  const folder = temporaryFolder();
  const tmp = temporaryFolder();
  const env = { ...variablesIn(folder), TMPDIR: tmp };
  const run = (failing = "", ...options: string[]) =>
    spawnSync(process.execPath, [...APPLY, ...options], {
      cwd: folder,
      encoding: "utf8",
      env: { ...env, FAILING: failing },
    });

  beforeAll(() => {
    layOut(folder, STACKS, TERRAFORM);
  });

  it("runs each once, six at a time, and prints in one piece what each says", () => {
    const { status, stdout, stderr } = run();
    expect(status).toBe(0);
    expect(stderr).toMatch(/^24 stacks in [\d.]+ s: 0 changed, 24 unchanged, 0 failed, 0 not begun\n$/);
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
    expect(status).toBe(1);
    expect(stderr.match(/(?<=^failed +)\S+(?=: )/gm)).toEqual(failing.split(" "));
    expect(stdout.match(/ ends$/gm)).toHaveLength(STACKS.length);
  });

  it("goes on with what is left, where it is told to", () => {
    const out = path.join(folder, "results");
    const begun = ({ stdout }: { stdout: string }) => stdout.match(/(?<=^== )\S+/gm)?.sort();
    const report = () => JSON.parse(fs.readFileSync(path.join(out, "apply.json"), "utf8")) as { stacks: object[] };
    const failing = [STACKS[0], STACKS[11]];
    expect(run("", "--resume")).toMatchObject({
      status: 1,
      stderr: "--resume goes on with what --out has written: name that folder\n",
    });
    expect(run("", "--resume", "--out", out)).toMatchObject({
      status: 1,
      stderr: `${path.join(out, "apply.json")}: no run of apply has left a report there\n`,
    });
    expect(run(failing.join(" "), "--out", out).status).toBe(1);
    // What is another stack since is not done.
    const changed = path.join(folder, "cdktf.out/stacks", STACKS[5] ?? "");
    fs.writeFileSync(path.join(changed, "cdk.tf.json"), '{"terraform":{},"locals":{"a":1}}');
    const file = path.join(folder, "cdktf.out/run-order.json");
    const order = JSON.parse(fs.readFileSync(file, "utf8")) as { stacks: Record<string, { digest: string }> };
    Object.assign(order.stacks[STACKS[5] ?? ""] ?? {}, { digest: digestOfStack(changed) });
    fs.writeFileSync(file, JSON.stringify(order));
    const second = run("", "--resume", "--out", out);
    expect(second.status).toBe(0);
    expect(begun(second)).toEqual([...failing, STACKS[5]].sort());
    expect(report().stacks).toHaveLength(STACKS.length);
    expect(begun(run("", "--resume", "--out", out))).toBeUndefined();
  });

  it.each(["| head -1", "> /dev/full", "2>&1 | true"])("ends where nobody reads the log any more: %s", (reader) => {
    const line = `"${process.execPath}" "${PROGRAM}" apply ${reader}`;
    const { signal } = spawnSync("bash", ["-c", line], { cwd: folder, encoding: "utf8", timeout: 60_000, env });
    expect(signal).toBeNull();
    expect(fs.readdirSync(path.join(folder, "running"))).toEqual([]);
    expect(fs.readdirSync(tmp)).toEqual([]);
  });
});

describeWithTools(["bash"], "answers that say: try again", () => {
  const folder = temporaryFolder();
  const [stack = ""] = STACKS;

  it.each([
    [1, 0, 2],
    [2, 0, 3],
    [9, 1, 3],
  ])("are tried again, twice at most: %s of them, exit code %s", (times, code, tries) => {
    fs.rmSync(path.join(folder, "tries"), { force: true });
    layOut(folder, [stack], THROTTLED);
    const env = { ...variablesIn(folder), TIMES: String(times) };
    const { status, stdout } = spawnSync(process.execPath, APPLY, { cwd: folder, encoding: "utf8", env });
    expect(status).toBe(code);
    expect(fs.readFileSync(path.join(folder, "tries"), "utf8").trim().split("\n")).toHaveLength(tries);
    expect(stdout.match(/^trying again in 0\.0\d s \(\d of 2\): /gm)).toHaveLength(tries - 1);
  });
});

/** Says what it is run for, and once that its folder is not ready, where somebody asks for that. */
const RECORDING = `#!/usr/bin/env bash
echo "$2" >>log
[[ $2 == plan && -e unready ]] || exit 0
rm unready
echo 'Error: Required plugins are not installed' >&2
exit 1
`;

describeWithTools(["bash"], "init", () => {
  const folder = temporaryFolder();
  const [stack = ""] = STACKS;
  const directory = path.join(folder, "cdktf.out/stacks", stack);
  const log = path.join(folder, "log");
  const commands = (env: Readonly<Record<string, string>> = {}) => {
    fs.rmSync(log, { force: true });
    const variables = { ...variablesIn(folder), ...env };
    const { status } = spawnSync(process.execPath, APPLY, { cwd: folder, encoding: "utf8", env: variables });
    expect(status).toBe(0);
    return fs.readFileSync(log, "utf8").trim().split("\n");
  };
  const rewrite = (terraform: object) => {
    fs.writeFileSync(path.join(directory, "cdk.tf.json"), JSON.stringify({ terraform }));
    const file = path.join(folder, "cdktf.out/run-order.json");
    const order = JSON.parse(fs.readFileSync(file, "utf8")) as { stacks: Record<string, object> };
    Object.assign(order.stacks[stack] ?? {}, { digest: digestOfStack(directory) });
    fs.writeFileSync(file, JSON.stringify(order));
  };

  beforeAll(() => {
    layOut(folder, [stack], RECORDING);
  });

  it("is run where it has something to do, and not again", () => {
    expect(commands()).toEqual(["init", "plan"]);
    expect(commands()).toEqual(["plan"]);
  });

  it.each([
    [
      "another backend or provider",
      () => {
        rewrite({ backend: { local: { path: "../x.tfstate" } } });
      },
    ],
    [
      "another lock file",
      () => {
        fs.writeFileSync(path.join(directory, ".terraform.lock.hcl"), "# another\n");
      },
    ],
    [
      "a folder that somebody has cleaned",
      () => {
        fs.rmSync(path.join(directory, ".terraform"), { recursive: true });
      },
    ],
  ])("is run again for %s", (_, change) => {
    change();
    expect(commands()).toEqual(["init", "plan"]);
    expect(commands()).toEqual(["plan"]);
  });

  it("is run again for another cache of providers", () => {
    expect(commands({ TF_PLUGIN_CACHE_DIR: path.join(folder, "cache") })).toEqual(["init", "plan"]);
    expect(commands()).toEqual(["init", "plan"]);
  });

  it("is run again where Terraform asks for it", () => {
    fs.writeFileSync(path.join(folder, "unready"), "");
    expect(commands()).toEqual(["plan", "init", "plan"]);
    expect(commands()).toEqual(["plan"]);
  });
});

/** Keeps a plan that nobody else may read, runs until it is told to end, and takes its time to do so. */
const PATIENT = `#!/usr/bin/env bash
stack=\${1##*/}
[[ $2 == plan ]] || exit 0
for argument; do [[ $argument == -out=* ]] && echo "the password" >"\${argument#-out=}" && stat -c %a "$(dirname "\${argument#-out=}")" >>modes; done
trap 'sleep 0.3; echo "$stack ended as it should"; touch "ended/$stack"; exit 1' INT
echo "$stack begins"
touch "running/$stack"
for ((i = 0; i < 600; i++)); do sleep 0.05; done
`;

describeWithTools(["bash"], "a run that is cancelled", () => {
  const [folder, tmp] = [temporaryFolder(), temporaryFolder()];
  const stacks = STACKS.slice(0, 3);

  beforeAll(() => {
    layOut(folder, stacks, PATIENT);
    fs.mkdirSync(path.join(folder, "ended"));
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "by %s lets each Terraform end by itself, says what it said, and leaves no plan",
    async (signal, code) => {
      for (const name of ["running", "ended"]) {
        fs.rmSync(path.join(folder, name), { recursive: true });
        fs.mkdirSync(path.join(folder, name));
      }
      const env = { ...variablesIn(folder), TMPDIR: tmp };
      const child = spawn(process.execPath, APPLY, { cwd: folder, env });
      let stdout = "";
      child.stdout.on("data", (data) => (stdout += String(data)));
      const end = new Promise<number | null>((resolve) => child.on("close", resolve));
      while (fs.readdirSync(path.join(folder, "running")).length < stacks.length) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      // To the command alone, as a runner does.
      child.kill(signal);
      expect(await end).toBe(code);
      expect(fs.readdirSync(path.join(folder, "ended")).sort()).toEqual(stacks.toSorted());
      const sections = stdout.split(/^== /m).slice(1);
      const said = sections.map((section) => section.split("\n").filter(Boolean));
      const expected = stacks.map((stack) => [stack, `${stack} begins`, `${stack} ended as it should`]);
      expect(said.sort()).toEqual(expected.sort());
      expect(fs.readdirSync(tmp)).toEqual([]);
      expect(new Set(fs.readFileSync(path.join(folder, "modes"), "utf8").trim().split("\n"))).toEqual(new Set(["700"]));
    },
    60_000,
  );
});

/** Lays out a folder as a runner has it after `npm run synth`, with a Terraform of ours. */
function layOut(folder: string, names: readonly string[], terraform: string): void {
  fs.writeFileSync(path.join(folder, "terraform"), terraform, { mode: 0o755 });
  fs.mkdirSync(path.join(folder, "running"), { recursive: true });
  const stacks = names.map((stack) => {
    const directory = `stacks/${stack}`;
    fs.mkdirSync(path.join(folder, "cdktf.out", directory), { recursive: true });
    fs.writeFileSync(path.join(folder, "cdktf.out", directory, "cdk.tf.json"), '{"terraform":{}}');
    const digest = digestOfStack(path.join(folder, "cdktf.out", directory));
    return [stack, { directory, dependencies: [], environment: "demo", kind: "workload", cluster: stack, digest }];
  });
  const order = { waves: [names], stacks: Object.fromEntries(stacks) as object };
  fs.writeFileSync(path.join(folder, "cdktf.out/run-order.json"), JSON.stringify(order));
}
