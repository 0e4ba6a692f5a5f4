import fs from "node:fs";
import path from "node:path";
import { found, secretsOf } from "../rehearsal/hiding-places";
import { rehearsalOf, waitingPods } from "../rehearsal/rehearsals";
import { environmentFrom } from "../support/environment";
import { describeWithTools } from "../support/tools";
import { COMMANDS, LINES, pipelineOf, PUSH_TOKEN, type Pipeline } from "./pipeline";

const DAY_MS = 24 * 60 * 60 * 1000;
const REGISTRY = "demo-registry";
const IMAGES = "demo-images";
const IDENTITY = "demo-identity-aksdemo2";
const WORKLOAD = "demo-workload-aksdemo2";

/** The demo, with states that runners share. */
const SHARED = `
backend: { azurerm: { storageAccount: demostates, container: states } }
registry: { name: acrdemo2ss, resourceGroup: acr-rg2, location: centralus, sku: Basic }
images:
  acr-app2: { repository: app2/acr-app2, tag: v1, build: { docker: { context: docker-manifests } } }
clusters:
  aksdemo2: { kubeconfig: { context: aksdemo2 }, pull: { servicePrincipal: { name: acr-sp-demo } } }
workloads:
  acr-app2: { image: acr-app2, clusters: [aksdemo2], namespace: default, port: 80 }
`;

/** Stacks in which a command succeeded, in the order in which it ended. */
const ran = (diary: readonly string[], command: string) =>
  diary.flatMap((line) => new RegExp(`^end (\\S+) ${command} [02]`).exec(line)?.[1] ?? []);

/** The review of each stack. */
const reviews = ({ rehearsal }: Pipeline) => {
  const folder = path.join(rehearsal.folder, "cdktf.out/plans");
  const files = fs.readdirSync(folder).sort();
  return Object.fromEntries(files.map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]));
};

describeWithTools(["terraform", "bash"], "the commands of pipelines", () => {
  describe("apply", () => {
    const pipeline = pipelineOf(rehearsalOf());
    const { clouds } = pipeline.rehearsal;
    let stdout: string;
    let diary: string[];

    beforeAll(async () => {
      const finished = await pipeline.run(COMMANDS.apply, { GITHUB_ACTIONS: "true" });
      expect(finished.code).toBe(0);
      expect(finished.stderr).toMatch(/^4 stacks in [\d.]+ s: 4 changed, 0 unchanged, 0 failed, 0 not begun$/m);
      stdout = finished.stdout;
      diary = pipeline.diary();
    });

    it("applies all stacks, so that all pods run", () => {
      expect(ran(diary, "apply").sort()).toEqual([IDENTITY, IMAGES, REGISTRY, WORKLOAD]);
      expect(waitingPods(pipeline.rehearsal)).toEqual([]);
    });

    it("applies in each stack the plan that it saved before", () => {
      expect(diary.filter((line) => line.startsWith(`begin ${REGISTRY} `))).toEqual([
        `begin ${REGISTRY} init -input=false -no-color`,
        expect.stringMatching(
          new RegExp(
            `^begin ${REGISTRY} plan -input=false -no-color -detailed-exitcode -out=\\S+/${REGISTRY}\\.tfplan$`,
          ),
        ),
        expect.stringMatching(new RegExp(`^begin ${REGISTRY} apply -input=false -no-color \\S+/${REGISTRY}\\.tfplan$`)),
      ]);
    });

    it("begins a wave when the one before has ended, and runs the stacks of one wave side by side", () => {
      const place = (line: string) => diary.findIndex((entry) => entry.startsWith(line));
      const begins = [place(`begin ${IMAGES} init`), place(`begin ${IDENTITY} init`)];
      const ends = [place(`end ${IMAGES} apply`), place(`end ${IDENTITY} apply`)];
      expect(Math.min(...begins)).toBeGreaterThan(place(`end ${REGISTRY} apply`));
      expect(Math.max(...begins)).toBeLessThan(Math.min(...ends));
      expect(place(`begin ${WORKLOAD} init`)).toBeGreaterThan(Math.max(...ends));
    });

    it("takes the token for the push when the registry is there, and gives it to the images stack only", () => {
      const az = diary.indexOf("az acr login --name acrdemo2ss --expose-token --query accessToken --output tsv");
      expect(az).toBeGreaterThan(diary.indexOf(`end ${REGISTRY} apply 0 `));
      expect(diary.filter((line) => line.includes(PUSH_TOKEN))).toEqual([
        `end ${IMAGES} plan 2 ${PUSH_TOKEN}`,
        `end ${IMAGES} apply 0 ${PUSH_TOKEN}`,
      ]);
    });

    it("tells GitHub to hide the token, and says no other secret", () => {
      expect(stdout.split("\n").filter((line) => line.includes(PUSH_TOKEN))).toEqual([`::add-mask::${PUSH_TOKEN}`]);
      expect(found(stdout, secretsOf(pipeline.rehearsal))).toEqual([]);
      expect(clouds.secrets()).not.toHaveLength(0);
    });

    it("leaves no saved plan", () => {
      const names = fs.readdirSync(pipeline.rehearsal.folder, { recursive: true, encoding: "utf8" });
      expect(names.filter((name) => name.endsWith(".tfplan"))).toEqual([]);
    });

    it("has nothing to apply the second time", async () => {
      expect(await pipeline.run(COMMANDS.apply)).toMatchObject({ code: 0 });
      const second = pipeline.diary();
      expect(ran(second, "plan")).toHaveLength(4);
      expect(ran(second, "apply")).toEqual([]);
    });

    it("gives clusters another password when its time has come, and leaves the rest alone", async () => {
      const before = clouds.secrets().length;
      clouds.clock.advance(31 * DAY_MS);
      const finished = await pipeline.run(COMMANDS.rotate);
      expect(finished.code).toBe(0);
      expect(clouds.secrets().length).toBeGreaterThan(before);
      expect(waitingPods(pipeline.rehearsal)).toEqual([]);
      expect(ran(pipeline.diary(), "plan")).toEqual([IDENTITY, WORKLOAD]);
      expect(found(finished.stdout, secretsOf(pipeline.rehearsal))).toEqual([]);
    });

    it("builds again on a fresh runner, whose engine has no image, and leaves what clusters run as it is", async () => {
      clouds.docker.images.clear();
      expect(await pipeline.run(COMMANDS.apply)).toMatchObject({ code: 0 });
      expect(ran(pipeline.diary(), "apply")).toEqual([IMAGES]);
    });

    it.each([
      ["--environment dem", '--environment must be one of demo, got: "dem"; did you mean "demo"?'],
      ["--environment 'demo-*'", '--environment must be one of demo, got: "demo-*"; did you mean "demo"?'],
      ["--cluster 'aksdemo2|x'", '--cluster must be one of aksdemo2, got: "aksdemo2|x"; did you mean "aksdemo2"?'],
    ])("applies nothing for %s", async (options, line) => {
      const { code, stdout, stderr } = await pipeline.run(`npx acr-pull apply ${options}`);
      expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: `${line}\n` });
      expect(pipeline.diary()).toEqual([]);
    });

    it("refuses stacks that are not what was synthesized", async () => {
      const file = path.join(pipeline.rehearsal.folder, `cdktf.out/stacks/${REGISTRY}/cdk.tf.json`);
      const text = fs.readFileSync(file, "utf8");
      fs.writeFileSync(file, `${text} `);
      const { code, stderr } = await pipeline.run(COMMANDS.apply);
      fs.writeFileSync(file, text);
      expect(code).toBe(1);
      expect(stderr).toMatch(/cdktf\.out: demo-registry is not what was synthesized: run acr-pull synth again\n$/);
      expect(pipeline.diary()).toEqual([]);
    });

    it("refuses on a runner a state that is lost with it", async () => {
      for (const variable of ["CI", "TF_BUILD"]) {
        const { code, stdout: said } = await pipeline.run(COMMANDS.apply, { [variable]: "true" });
        expect(said.split(/^== /m).slice(1).toSorted()[1] ?? said).toContain(
          `${REGISTRY} keeps its state in a file, which is lost with the runner: name another backend in the environment file\n`,
        );
        expect(code).toBe(1);
      }
      expect(pipeline.diary()).toEqual([]);
    });
  });

  describe("apply after a failure", () => {
    const pipeline = pipelineOf(
      rehearsalOf({ faults: [{ kind: "500", type: "azuread_application", operation: "create" }] }),
    );

    it("ends the wave, begins no other, says what failed, and leaves no saved plan", async () => {
      const { code, stdout, stderr } = await pipeline.run(COMMANDS.apply);
      const diary = pipeline.diary();
      expect(code).toBe(1);
      expect(stderr).toMatch(new RegExp(`^failed +${IDENTITY}: `, "m"));
      expect(stderr).toMatch(new RegExp(`^not begun +${WORKLOAD}: comes after ${IDENTITY}$`, "m"));
      expect(stdout).toContain("InternalServerError");
      expect(ran(diary, "apply")).toEqual([REGISTRY, IMAGES]);
      expect(diary.filter((line) => line.includes(WORKLOAD))).toEqual([]);
      const names = fs.readdirSync(pipeline.rehearsal.folder, { recursive: true, encoding: "utf8" });
      expect(names.filter((name) => name.endsWith(".tfplan"))).toEqual([]);
    });

    it("goes on where it stopped the next time", async () => {
      expect(await pipeline.run(COMMANDS.apply)).toMatchObject({ code: 0 });
      expect(ran(pipeline.diary(), "apply")).toEqual([IDENTITY, WORKLOAD]);
      expect(waitingPods(pipeline.rehearsal)).toEqual([]);
    });
  });

  describe("destroy", () => {
    const pipeline = pipelineOf(rehearsalOf());

    beforeAll(async () => {
      expect(await pipeline.run(COMMANDS.apply)).toMatchObject({ code: 0 });
      pipeline.diary();
    });

    it("destroys nothing without being told what", async () => {
      const { code, stderr } = await pipeline.run("npx acr-pull destroy");
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: "Say what to destroy: --environment <name> or --cluster <key>\n",
      });
      expect(pipeline.diary()).toEqual([]);
    });

    it("destroys in reverse, so that nothing is left", async () => {
      expect(await pipeline.run(LINES.destroy, { DESTROY_ENVIRONMENT: "demo" })).toMatchObject({ code: 0 });
      const destroyed = ran(pipeline.diary(), "apply");
      expect(destroyed[0]).toBe(WORKLOAD);
      expect(destroyed.slice(1, 3).sort()).toEqual([IDENTITY, IMAGES]);
      expect(destroyed[3]).toBe(REGISTRY);
      expect(pipeline.rehearsal.clouds.leftovers()).toEqual([]);
    });
  });

  describe("plan", () => {
    const pipeline = pipelineOf(rehearsalOf());

    it("plans before the first apply what can be planned, says why the rest cannot be, and changes nothing", async () => {
      expect(await pipeline.run(LINES.plan, { AZ_CODE: "1", AZ_SAYS: "" })).toMatchObject({ code: 0 });
      const { [`${REGISTRY}.txt`]: registry, "summary.md": summary, "plan.json": report, ...rest } = reviews(pipeline);
      expect(summary).toContain("| demo-registry | 2 to add |");
      expect(JSON.parse(report ?? "")).toMatchObject({ command: "plan", stacks: [{ stack: REGISTRY }, {}, {}, {}] });
      expect(registry).toContain("Plan: 2 to add, 0 to change, 0 to destroy.");
      expect(rest).toEqual({
        [`${IDENTITY}.txt`]: `${IDENTITY} can be planned when these are applied: ${REGISTRY}\n`,
        [`${IMAGES}.txt`]: `${IMAGES} can be planned when these are applied: ${REGISTRY}\n`,
        [`${WORKLOAD}.txt`]: `${WORKLOAD} can be planned when these are applied: ${IDENTITY} ${IMAGES} ${REGISTRY}\n`,
      });
      expect(ran(pipeline.diary(), "apply")).toEqual([]);
      expect(pipeline.rehearsal.clouds.leftovers()).toEqual([]);
    });

    it("takes no lock, which would need the right to write states", async () => {
      await pipeline.run(`npx acr-pull plan --kind registry`);
      expect(pipeline.diary().find((line) => line.startsWith(`begin ${REGISTRY} plan`))).toContain(" -lock=false");
    });

    it("fails where no stack before has changes that would explain it", async () => {
      expect(await pipeline.run(COMMANDS.apply)).toMatchObject({ code: 0 });
      const { code, stdout } = await pipeline.run(LINES.plan, { AZ_CODE: "1", AZ_SAYS: "" });
      expect(code).toBe(1);
      expect(stdout).toContain(`== ${IMAGES}\n`);
      expect(Object.keys(reviews(pipeline))).toEqual([
        `${IDENTITY}.txt`,
        `${REGISTRY}.txt`,
        `${WORKLOAD}.txt`,
        "plan.json",
        "summary.md",
      ]);
    });

    it("shows no secret of a plan that renews them", async () => {
      pipeline.rehearsal.clouds.clock.advance(31 * DAY_MS);
      expect(await pipeline.run(LINES.plan)).toMatchObject({ code: 0 });
      const { [`${IDENTITY}.txt`]: identity, "summary.md": summary, "plan.json": json, ...rest } = reviews(pipeline);
      expect(json).toContain("end_date");
      expect(identity).toMatch(/azuread_application_password\.\S+ must be replaced/);
      expect(summary).toMatch(/- `±` replace `azuread_application_password\.\S+` \(`end_date`/);
      expect(Object.keys(rest)).toHaveLength(3);
      const published = JSON.stringify(reviews(pipeline));
      expect(found(published, secretsOf(pipeline.rehearsal))).toEqual([]);
      expect(published).not.toContain(PUSH_TOKEN);
    });

    it("leaves in the published folder nothing but these texts and its report", () => {
      const others = Object.keys(reviews(pipeline)).filter((name) => !name.endsWith(".txt"));
      expect(others).toEqual(["plan.json", "summary.md"]);
    });

    it("leaves in a folder of somebody's what is not of it", async () => {
      const mine = path.join(pipeline.rehearsal.folder, "mine");
      fs.mkdirSync(mine);
      for (const name of ["notes.txt", `${REGISTRY}.txt`]) fs.writeFileSync(path.join(mine, name), "mine");
      expect(await pipeline.run(`npx acr-pull plan --kind registry --out mine`)).toMatchObject({ code: 0 });
      expect(fs.readdirSync(mine).sort()).toEqual([`${REGISTRY}.txt`, "notes.txt", "plan.json", "summary.md"].sort());
      expect(fs.readFileSync(path.join(mine, "notes.txt"), "utf8")).toBe("mine");
      expect(fs.readFileSync(path.join(mine, `${REGISTRY}.txt`), "utf8")).toContain("No changes");
    });
  });

  describe("with a shared backend", () => {
    const pipeline = pipelineOf(rehearsalOf({ environment: environmentFrom(SHARED) }));

    it("applies on a runner of Azure DevOps, which is told to hide the token", async () => {
      const { code, stdout } = await pipeline.run(COMMANDS.apply, { TF_BUILD: "True" });
      expect(code).toBe(0);
      expect(stdout.split("\n").filter((line) => line.includes(PUSH_TOKEN))).toEqual([
        `##vso[task.setsecret]${PUSH_TOKEN}`,
      ]);
    });

    it("says the token nowhere on a runner of GitLab", async () => {
      const { code, stdout, stderr } = await pipeline.run(COMMANDS.apply, { CI: "true", GITLAB_CI: "true" });
      expect(code).toBe(0);
      expect(stdout + stderr).not.toContain(PUSH_TOKEN);
    });
  });

  describe("kubeconfig", () => {
    const pipeline = pipelineOf(rehearsalOf());

    it("adds the cluster with the login of the CLI, and takes the token while the assertion is valid", async () => {
      const variables = { AKS_RESOURCE_GROUP: "aks-rg", AKS_CLUSTER: "aksdemo2" };
      expect(await pipeline.run(LINES.kubeconfig, variables)).toMatchObject({ code: 0 });
      expect(pipeline.diary()).toEqual([
        "az aks get-credentials --resource-group aks-rg --name aksdemo2 --overwrite-existing",
        "kubelogin convert-kubeconfig --login azurecli",
        "az account get-access-token --resource 6dae42f8-4368-4678-94ff-3960e28e3630 --output none",
      ]);
    });

    it("says what it needs", async () => {
      const { code, stderr } = await pipeline.run("npx acr-pull kubeconfig aks-rg");
      expect({ code, stderr }).toEqual({ code: 2, stderr: "error: missing required argument 'cluster'\n" });
    });
  });
});
