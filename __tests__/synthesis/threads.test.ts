import fs from "node:fs";
import path from "node:path";
import { fleetOf } from "../../tools/bench/fleet";
import { withClusters } from "../../config/selection";
import { batchesOf } from "../../synthesis/batches";
import { synthesize, synthesizeAtOnce } from "../../synthesis/synthesize";
import type { Progress } from "../../synthesis/progress";
import { writeClustersInThreads } from "../../synthesis/threads";
import { unitsOf } from "../../synthesis/units";
import { environmentFrom } from "../support/environment";
import { PROJECT, filesIn, temporaryFolder } from "../support/synthesized";

const FLEET = environmentFrom(fleetOf(140));
const SOME = new Set(Object.keys(FLEET.clusters).slice(0, 60));
/** Enough clusters together that threads synthesize them. The first is cut, and its rest goes with the second. */
const ENVIRONMENTS = [FLEET, { ...withClusters(FLEET, SOME), name: "other" }];

function settings(projectDirectory = PROJECT) {
  return { projectDirectory, outputDirectory: temporaryFolder(), tokenTraces: false };
}

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(filesIn(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

/** A copy of the project whose build context cannot be taken. */
function brokenProject(): string {
  const project = temporaryFolder();
  for (const name of ["app.ts", "tools", "config", "constructs", "stacks", "synthesis", "docker-manifests"]) {
    fs.cpSync(path.join(PROJECT, name), path.join(project, name), { recursive: true });
  }
  for (const name of ["package-lock.json", "tsconfig.json", "node_modules"]) {
    fs.symlinkSync(path.join(PROJECT, name), path.join(project, name));
  }
  fs.symlinkSync("/etc/hostname", path.join(project, "docker-manifests/leads-outside"));
  return project;
}

describe("synthesis by threads", () => {
  const { TMPDIR } = process.env;

  afterEach(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });

  it("gives the same bytes as by one", async () => {
    const [one, many] = [settings(), settings()];
    synthesizeAtOnce(ENVIRONMENTS, one);
    await synthesize(ENVIRONMENTS, many);
    const expected = contents(one.outputDirectory);
    expect(Object.keys(expected).length).toBeGreaterThan(2 * (2 + 2 * 100));
    expect(contents(many.outputDirectory)).toEqual(expected);
  });

  it("reports the error of a thread, and leaves the output as it was and no folder behind", async () => {
    const project = brokenProject();
    const broken = settings(project);
    const tmp = temporaryFolder();
    process.env.TMPDIR = tmp;
    await expect(synthesize(ENVIRONMENTS, broken)).rejects.toThrow(
      `build context ${project}/docker-manifests: the symbolic link leads-outside must not lead out of it`,
    );
    expect(fs.readdirSync(broken.outputDirectory)).toEqual([]);
    expect(fs.readdirSync(tmp)).toEqual([]);
  });
});

it("begins no batch after one has failed, whatever the other threads can do", async () => {
  const outdir = temporaryFolder();
  const { clusters } = unitsOf({ ...FLEET, name: "e" }, PROJECT, temporaryFolder());
  // One alone, so that one thread fails and the others could go on.
  const broken = clusters
    .slice(0, 1)
    .map((unit) => ({ ...unit, given: () => unit.given().replaceAll('"kubeconfig"', '"none"') }));
  const units = [...broken, ...Array.from({ length: 16 }, () => clusters).flat()];
  const onProgress = jest.fn();
  await expect(writeClustersInThreads(units, settings(), outdir, { onProgress })).rejects.toThrow(
    "not a case that is known",
  );
  // The others end what they have begun, and have begun some before the first had failed: it has to start as they have.
  expect(onProgress.mock.calls.length).toBeLessThan(batchesOf(units, 60).length / 4);
});

it("tells how far it is", async () => {
  const { clusters } = unitsOf(FLEET, PROJECT, temporaryFolder());
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => told.push(progress);
  await writeClustersInThreads(clusters, settings(), temporaryFolder(), { onProgress });
  expect(told.length).toBeGreaterThan(5);
  expect(told.every(({ total }) => total === 280)).toBe(true);
  expect(told.map(({ built }) => built)).toEqual(told.map(({ built }) => built).sort((a, b) => a - b));
  expect(told.at(-1)?.built).toBe(280);
});

describe("batches", () => {
  const weights = (...items: number[]) =>
    batchesOf(
      items.map((weight) => ({ weight })),
      12,
    ).map((batch) => batch.map(({ weight }) => weight));

  it("hold at most so much, in their order", () => {
    expect(weights(6, 6, 6, 5, 2)).toEqual([[6, 6], [6, 5], [2]]);
  });

  it("hold what is too much as well, alone", () => {
    expect(weights(1, 13, 1)).toEqual([[1], [13], [1]]);
  });

  it("are none of nothing", () => {
    expect(weights()).toEqual([]);
  });
});
