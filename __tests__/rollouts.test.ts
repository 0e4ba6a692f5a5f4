import fs from "node:fs";
import path from "node:path";
import type { Environment } from "../config";
import { Rehearsal } from "../rehearsal";
import { synthesizeAtOnce } from "../synthesis/synthesize";
import { load, projectWith } from "./support/environment";
import { describeWithTools } from "./support/tools";

const ENVIRONMENT = `
registry: { name: rolloutsregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images:
  web: { repository: web, tag: v1, build: { docker: { context: web } } }
  other: { repository: other, tag: v1, build: { docker: { context: other } } }
clusters:
  one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: rollouts-one } } }
  two: { kubeconfig: { context: two }, pull: { servicePrincipal: { name: rollouts-two } } }
workloads:
  front: { image: web, clusters: [one, two], port: 80 }
  back: { image: web, clusters: [one], port: 8080 }
  other: { image: other, clusters: [one, two], port: 80 }
`;

/** Every Deployment that runs the image web. */
const WEB = ["one/back", "one/front", "two/front"];

describeWithTools(["terraform"], "a change in the build context of one image", () => {
  let project: string;
  let environment: Environment;
  let rehearsal: Rehearsal;

  const file = (name: string) => path.join(project, "web", name);

  beforeAll(async () => {
    project = projectWith({
      "environments/rollouts.yaml": ENVIRONMENT,
      "web/Dockerfile": "FROM scratch\nCOPY . /\nUSER 101\n",
      "web/.dockerignore": "*.log\n",
      "web/index.html": "hello",
      "web/start.sh": "#!/bin/sh\n",
      "web/debug.log": "",
      "other/Dockerfile": "FROM scratch\nUSER 101\n",
    });
    const [loaded] = load(project).environments;
    if (!loaded) throw new Error("no environment");
    environment = loaded;
    rehearsal = new Rehearsal({ environment, projectDirectory: project });
    await rehearsal.deploy();
  });

  afterAll(() => {
    rehearsal.close();
  });

  /** What runs, by `<cluster>/<deployment>`. */
  function running(): Record<string, string> {
    return Object.fromEntries(
      rehearsal.world.clusters.flatMap(({ key, cluster }) =>
        cluster.pods.map(({ deployment, digests }) => [`${key}/${deployment}`, digests.join()]),
      ),
    );
  }

  /** Synthesizes and applies again. @returns The Deployments that run another digest than before. */
  async function rolled(): Promise<string[]> {
    const before = running();
    const outputDirectory = path.join(rehearsal.folder, "cdktf.out");
    synthesizeAtOnce([environment], { projectDirectory: project, outputDirectory, tokenTraces: false });
    for (const stack of ["-images", "-workload-one", "-workload-two"].map((name) => rehearsal.stack(name))) {
      await stack.plan();
      await stack.apply();
    }
    const after = running();
    return Object.keys(after)
      .filter((name) => after[name] !== before[name])
      .sort();
  }

  it.each<[string, () => void]>([
    [
      "one byte of a file",
      () => {
        fs.writeFileSync(file("index.html"), "hallo");
      },
    ],
    [
      "the name of a file",
      () => {
        fs.renameSync(file("index.html"), file("index.htm"));
      },
    ],
    [
      "the executable bit of a file",
      () => {
        fs.chmodSync(file("start.sh"), 0o755);
      },
    ],
    [
      "a file more",
      () => {
        fs.writeFileSync(file("more.html"), "");
      },
    ],
    [
      ".dockerignore",
      () => {
        fs.writeFileSync(file(".dockerignore"), "*.log\n*.tmp\n");
      },
    ],
    [
      "the Dockerfile",
      () => {
        fs.writeFileSync(file("Dockerfile"), "FROM scratch\nCOPY . /web\nUSER 101\n");
      },
    ],
  ])(
    "%s rolls exactly the workloads that run it",
    async (_, change) => {
      change();
      expect(await rolled()).toEqual(WEB);
    },
    30_000,
  );

  it.each<[string, () => void]>([
    [
      "the content of an ignored file",
      () => {
        fs.writeFileSync(file("debug.log"), "a line");
      },
    ],
    [
      "the time of a file",
      () => {
        fs.utimesSync(file("start.sh"), 0, 0);
      },
    ],
    [
      "the permission of others to write",
      () => {
        fs.chmodSync(file("start.sh"), 0o777);
      },
    ],
    ["no change at all", () => undefined],
  ])(
    "%s rolls nothing",
    async (_, change) => {
      change();
      expect(await rolled()).toEqual([]);
    },
    30_000,
  );

  it("somebody else's move of the tag reaches no pod, not even a new one", () => {
    const before = running();
    const [registry] = rehearsal.clouds.arm.registries.values();
    rehearsal.clouds.registries.push(registry?.loginServer ?? "", "web", "v1", `sha256:${"0".repeat(64)}`);
    for (const { cluster } of rehearsal.world.clusters) cluster.restartPods();
    expect(running()).toEqual(before);
  });

  it("…not even when everything is applied again", async () => {
    const before = running();
    expect([await rolled(), running()]).toEqual([[], before]);
  });
});
