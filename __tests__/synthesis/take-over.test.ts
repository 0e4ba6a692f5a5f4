import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../../config";
import { synthesizeAtOnce } from "../../synthesis/synthesize";
import { takeOver } from "../../synthesis/take-over";
import { temporaryFolder } from "../support/synthesized";
import { SealedProject, snapshotOf, watchBuilds } from "./sealed-project";

const FILE = {
  registry: { name: "testregistry", resourceGroup: "rg", location: "westeurope", sku: "Basic" },
  images: { web: { repository: "web", tag: "v1", build: { docker: { context: "one" } } } },
  clusters: {
    one: { kubeconfig: {}, pull: { servicePrincipal: {} } },
    two: { kubeconfig: {}, pull: { existingSecret: { name: "theirs" } } },
  },
  workloads: { web: { image: "web", clusters: ["one", "two"], port: 80 } },
};

afterEach(() => {
  jest.restoreAllMocks();
});

it("a synthesis builds nothing of what was taken over, but what has been edited in between", () => {
  const project = new SealedProject();
  project.file = FILE;
  project.edit("one/start", "#!/bin/sh\n");
  fs.chmodSync(path.join(project.directory, "one/start"), 0o755);
  fs.symlinkSync("start", path.join(project.directory, "one/link"));
  const built = watchBuilds(() => "");
  const [from, to] = [temporaryFolder(), path.join(temporaryFolder(), "out")];
  const { environments } = loadConfiguration(project.settings(from));
  const [environment] = environments;
  if (!environment) throw new Error("nothing was loaded");
  synthesizeAtOnce(environments, project.settings(from));
  const secret = "stacks/test-workload-one/terraform.tfstate";
  fs.writeFileSync(path.join(from, secret), "{}");
  fs.appendFileSync(path.join(from, "stacks/test-workload-two/cdk.tf.json"), " ");
  built.length = 0;
  takeOver(from, to, environment);
  synthesizeAtOnce(environments, project.settings(to));
  expect(built).toEqual(["test-workload-two"]);
  expect(fs.existsSync(path.join(to, secret))).toBe(false);
  const fresh = temporaryFolder();
  synthesizeAtOnce(environments, project.settings(fresh));
  expect(snapshotOf(to)).toEqual(snapshotOf(fresh));
});

it("nothing is taken over from nowhere", () => {
  const project = new SealedProject();
  project.file = FILE;
  const [environment] = loadConfiguration(project.settings("unused")).environments;
  if (!environment) throw new Error("nothing was loaded");
  const to = path.join(temporaryFolder(), "out");
  takeOver(path.join(temporaryFolder(), "absent"), to, environment);
  expect(fs.existsSync(to)).toBe(false);
});
