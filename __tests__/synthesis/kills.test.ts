import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fleetOf } from "../../tools/bench/fleet";
import { PROJECT, filesIn, temporaryFolder } from "../support/synthesized";

/** `npm run torture` sets more, for which fleets are killed as well: each of their rounds takes seconds. */
const KILLS = Number(process.env.KILLS ?? 6);
const SIGNALS = ["SIGKILL", "SIGINT", "SIGTERM"] as const;

const demo = (port: number) => `
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: web, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters: { one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: pull-one } } } }
workloads: { web: { image: web, clusters: [one], port: ${port} } }
`;
const fleet = (clusters: number) => (port: number) => fleetOf(clusters).replaceAll("port: 8080", `port: ${port}`);

const command = (...args: string[]) => [path.join(PROJECT, "tools/acr-pull.cjs"), ...args];

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(filesIn(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

// From 250 clusters on, threads synthesize.
const VICTIMS: [string, (port: number) => string, number][] = [
  ["one environment", demo, KILLS],
  ["150 clusters", fleet(150), Math.ceil(KILLS / 3)],
  ["250 clusters, by threads", fleet(250), Math.ceil(KILLS / 3)],
];

describe.each(process.env.KILLS ? VICTIMS : VICTIMS.slice(0, 1))(
  "a synth of %s that is killed",
  (_title, yaml, kills) => {
    it(`leaves the old output or the new one, ${kills} times at moments that are spread over its run`, async () => {
      const folder = temporaryFolder();
      const files = [80, 81].map((port) => {
        const place = path.join(folder, `${port}`, "test.yaml");
        fs.mkdirSync(path.dirname(place));
        fs.writeFileSync(place, yaml(port));
        return place;
      });
      const [oldFile = "", newFile = ""] = files;
      const [out, tmp] = [path.join(folder, "out"), path.join(folder, "tmp")];
      fs.mkdirSync(tmp);
      const env = { ...process.env, CDKTF_OUTDIR: out, TMPDIR: tmp };
      const run = (...args: string[]) => spawnSync(process.execPath, command(...args), { env, encoding: "utf8" });
      const start = Date.now();
      expect(run("synth", "--environment", newFile).status).toBe(0);
      const duration = Date.now() - start;
      const after = contents(out);
      expect(run("synth", "--environment", oldFile).status).toBe(0);
      const before = contents(out);
      const ends = { old: 0, new: 0 };
      for (let kill = 0; kill < kills; kill++) {
        const signal = SIGNALS[kill % SIGNALS.length] ?? "SIGKILL";
        const child = spawn(process.execPath, command("synth", "--environment", newFile), { env, stdio: "ignore" });
        const ended = new Promise((resolve) => child.on("close", resolve));
        await setTimeout((duration * (kill + 0.5)) / kills);
        child.kill(signal);
        await ended;
        if (signal !== "SIGKILL") expect(fs.readdirSync(out).filter((name) => name.startsWith("."))).toEqual([]);
        // Whatever the next command is, it finds a whole output.
        expect(run("order")).toMatchObject({ status: 0 });
        const now = contents(out);
        const visible = Object.fromEntries(Object.entries(now).filter(([name]) => !name.startsWith(".")));
        const isNew = JSON.stringify(visible) === JSON.stringify(after);
        if (!isNew) expect(visible).toEqual(before);
        ends[isNew ? "new" : "old"]++;
        expect(run("synth", "--environment", oldFile).status).toBe(0);
        expect(contents(out)).toEqual(before);
        expect(fs.readdirSync(tmp)).toEqual([]);
      }
      expect(ends.old + ends.new).toBe(kills);
      expect(ends.old).toBeGreaterThan(0);
    }, 1_200_000);
  },
);

describe("several synths of one folder at once", () => {
  it("end one after the other in an output that is one of theirs", async () => {
    const folder = temporaryFolder();
    const out = path.join(folder, "out");
    const env = { ...process.env, CDKTF_OUTDIR: out };
    const ports = [80, 81, 82, 83];
    const runs = ports.map((port) => {
      const place = path.join(folder, `${port}`, "test.yaml");
      fs.mkdirSync(path.dirname(place));
      fs.writeFileSync(place, demo(port));
      const child = spawn(process.execPath, command("synth", "--quiet", "--environment", place), { env });
      return new Promise<number | null>((resolve) => child.on("close", resolve));
    });
    expect(await Promise.all(runs)).toEqual(ports.map(() => 0));
    const result = contents(out);
    const { status } = spawnSync(process.execPath, command("order"), { env });
    expect(status).toBe(0);
    const alone = ports.map((port) => {
      const own = path.join(folder, `out-${port}`);
      const args = command("synth", "--quiet", "--environment", path.join(folder, `${port}`, "test.yaml"));
      spawnSync(process.execPath, args, { env: { ...env, CDKTF_OUTDIR: own } });
      return contents(own);
    });
    expect(alone).toContainEqual(result);
  });
});

const canMount = process.getuid?.() === 0 && spawnSync("sh", ["-c", "command -v mount"]).status === 0;

describe("a disk that is full", () => {
  const place = temporaryFolder();
  const isMounted = canMount && spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", place]).status === 0;
  if (!isMounted) console.warn("no tmpfs can be mounted: the test of a full disk is skipped");
  afterAll(() => {
    if (isMounted) spawnSync("umount", [place]);
  });

  (isMounted ? it : it.skip)("costs one line and leaves the output as it was", () => {
    const out = path.join(place, "out");
    const env = { ...process.env, CDKTF_OUTDIR: out };
    const run = (file: string) =>
      spawnSync(process.execPath, command("synth", "--quiet", "--environment", file), { env, encoding: "utf8" });
    const file = path.join(temporaryFolder(), "test.yaml");
    fs.writeFileSync(file, demo(80));
    expect(run(file)).toMatchObject({ status: 0 });
    const before = contents(out);
    const many = path.join(temporaryFolder(), "many.yaml");
    fs.writeFileSync(many, fleetOf(40));
    const { status, stderr } = run(many);
    expect(status).toBe(1);
    expect(stderr).toBe(`${out} cannot be written: ENOSPC: no space left on device, write\n`);
    expect(contents(out)).toEqual(before);
    expect(fs.readdirSync(out).filter((name) => name.startsWith("."))).toEqual([]);
  });
});

describe("an output folder that cannot be one", () => {
  const synth = (out: string, env: Record<string, string> = {}) => {
    const file = path.join(temporaryFolder(), "test.yaml");
    fs.writeFileSync(file, demo(80));
    const { status, stdout, stderr } = spawnSync(process.execPath, command("synth", "--quiet", "--environment", file), {
      env: { ...process.env, CDKTF_OUTDIR: out, ...env },
      encoding: "utf8",
    });
    return { status, stdout, lines: stderr.trimEnd().split("\n") };
  };

  it.each<[string, (place: string) => void, string]>([
    [
      "a file",
      (place) => {
        fs.writeFileSync(place, "");
      },
      "EEXIST",
    ],
    [
      "a dangling link",
      (place) => {
        fs.symlinkSync("nowhere/at/all", place);
      },
      "ENOENT",
    ],
    [
      "below a file",
      (place) => {
        fs.writeFileSync(path.dirname(place), "");
      },
      "ENOTDIR",
    ],
  ])("because it is %s: one line with its path", (title, prepare, code) => {
    const parent = temporaryFolder();
    const place = title === "below a file" ? path.join(parent, "file/out") : path.join(parent, "out");
    prepare(place);
    const { status, stdout, lines } = synth(place);
    expect({ status, stdout, count: lines.length }).toEqual({ status: 1, stdout: "", count: 1 });
    expect(lines[0]).toContain(`${place} cannot be written: ${code}: `);
  });

  it("needs no temporary folder of the system", () => {
    expect(synth(path.join(temporaryFolder(), "out"), { TMPDIR: "/does/not/exist" })).toMatchObject({ status: 0 });
  });
});
