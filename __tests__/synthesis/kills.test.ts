import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
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
      expect(run("synth", "--environment", newFile).status).toBe(0);
      const after = contents(out);
      expect(run("synth", "--environment", oldFile).status).toBe(0);
      const before = contents(out);
      // The first run makes more than those that are killed.
      const start = Date.now();
      expect(run("synth", "--environment", newFile).status).toBe(0);
      const duration = Date.now() - start;
      expect(run("synth", "--environment", oldFile).status).toBe(0);
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

// By chance a kill hits the few milliseconds in which the output changes, or not.
describe.each<[string, (port: number) => string, number]>([
  ["one environment", demo, process.env.KILLS ? 1 : 3],
  ...(process.env.KILLS
    ? [["250 clusters, by threads", fleet(250), 37] as [string, (port: number) => string, number]]
    : []),
])("a synth of %s that is killed before a change of a file", (_title, yaml, stride) => {
  it("leaves the old output or the new one, whichever change it is", () => {
    const folder = temporaryFolder();
    const [out, tmp] = [path.join(folder, "out"), path.join(folder, "tmp")];
    fs.mkdirSync(tmp);
    const [oldFile = "", newFile = ""] = [80, 81].map((port) => {
      const place = path.join(folder, `${port}`, "test.yaml");
      fs.mkdirSync(path.dirname(place));
      fs.writeFileSync(place, yaml(port));
      return place;
    });
    const env: NodeJS.ProcessEnv = { ...process.env, CDKTF_OUTDIR: out, TMPDIR: tmp };
    const run = (args: string[], further: NodeJS.ProcessEnv = {}) =>
      spawnSync(process.execPath, command(...args), { env: { ...env, ...further }, encoding: "utf8" });
    /** What an output is, without what is on its way. */
    const hash = () => {
      const visible = Object.entries(contents(out)).filter(([name]) => !name.startsWith("."));
      return createHash("sha256").update(JSON.stringify(visible)).digest("hex");
    };
    const outputs = [newFile, oldFile].map((file) => {
      expect(run(["synth", "--environment", file]).status).toBe(0);
      return hash();
    });
    const ends = new Set<string>();
    let kills = 0;
    for (let change = 1; ; change += stride) {
      const NODE_OPTIONS = `--require ${path.join(__dirname, "kill-at.cjs")}`;
      const { signal } = run(["synth", "--environment", newFile], { NODE_OPTIONS, KILL_AT: String(change) });
      if (signal === null) break;
      kills++;
      expect(run(["order"])).toMatchObject({ status: 0 });
      expect({ change, output: outputs.indexOf(hash()) }).not.toEqual({ change, output: -1 });
      ends.add(hash());
      expect(run(["synth", "--environment", oldFile]).status).toBe(0);
      const left = [...fs.readdirSync(tmp), ...fs.readdirSync(out).filter((name) => name.startsWith("."))];
      expect({ change, output: outputs.indexOf(hash()), left }).toEqual({ change, output: 1, left: [] });
    }
    expect(kills).toBeGreaterThan(5);
    expect(ends.size).toBe(2);
  }, 1_200_000);
});

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

describe("a disk that is full", () => {
  const place = temporaryFolder();
  const mount = () => spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", place]).status === 0;
  const unmount = () => spawnSync("umount", [place]).status === 0;
  const canMount = mount() && unmount();
  if (!canMount) console.warn("no tmpfs can be mounted: the test of a full disk is skipped");
  beforeAll(() => {
    if (canMount) mount();
  });
  afterAll(() => {
    if (canMount) unmount();
  });

  (canMount ? it : it.skip)("costs one line and leaves the output as it was", () => {
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
