import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fleetOf } from "../../tools/bench/fleet";
import { withClusters } from "../../config/selection";
import { batchesOf } from "../../synthesis/slices";
import { synthesize, synthesizeAtOnce } from "../../synthesis/synthesize";
import { synthesizeInThreads } from "../../synthesis/threads";
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
  const images = Object.fromEntries(
    Object.entries(FLEET.images).map(([key, image]) => [
      key,
      { ...image, origin: { ...image.origin, context: "no/where" } },
    ]),
  );
  const environments = [
    { ...withClusters(FLEET, SOME), name: "broken", images },
    ...Array.from({ length: 8 }, (_, index) => ({ ...FLEET, name: `e${index}` })),
  ];
  await expect(synthesizeInThreads(environments, settings(), outdir)).rejects.toThrow("ENOENT");
  const begun = fs.readdirSync(outdir).filter((name) => name.startsWith("batch-"));
  // Each thread has begun one; another one may begin before it is heard that one has failed.
  expect(begun.length).toBeLessThanOrEqual(2 * Math.min(os.availableParallelism(), 4));
});

describe("batches", () => {
  const sizes = (clusters: readonly number[], most: number) =>
    batchesOf(
      clusters.map((count, index) => {
        const keys = new Set(Object.keys(FLEET.clusters).slice(0, count));
        return { ...withClusters(FLEET, keys), name: `e${index}` };
      }),
      most,
    ).map((slices) =>
      slices.map(
        ({ environment, shared }) =>
          `${environment.name}:${Object.keys(environment.clusters).join()}${shared ? " shared" : ""}`,
      ),
    );

  // Each cluster runs five workloads.
  it("hold at most so much, and the stacks of all clusters once", () => {
    expect(sizes([5], 2 * 6)).toEqual([["e0:c0,c1 shared"], ["e0:c2,c3"], ["e0:c4"]]);
  });

  it("are filled with several environments", () => {
    expect(sizes([1, 2, 1], 2 * 6)).toEqual([
      ["e0:c0 shared", "e1:c0 shared"],
      ["e1:c1", "e2:c0 shared"],
    ]);
  });

  it("hold a cluster that is too much as well, alone", () => {
    expect(sizes([2, 1], 5)).toEqual([["e0:c0 shared"], ["e0:c1"], ["e1:c0 shared"]]);
  });

  it("also hold environments without clusters", () => {
    expect(sizes([0, 1], 6)).toEqual([["e0: shared", "e1:c0 shared"]]);
  });
});
