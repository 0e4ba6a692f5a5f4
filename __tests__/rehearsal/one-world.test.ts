import type { Environment } from "../../config";
import { Run } from "../../rehearsal";
import { inOrderOfProvisions } from "../../rehearsal/provisions";
import type { Report } from "../../rehearsal/report";
import { SharedClouds } from "../../rehearsal/shared-clouds";
import { cloudsOfRun } from "../../rehearsal/world";
import { load, projectWith } from "../support/environment";
import { PROJECT } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { NOON } from "./rehearsals";

const PREBUILT = `sha256:${"1".repeat(64)}`;

/** Environments by their names, loaded together. */
function environments(files: Readonly<Record<string, object>>): readonly Environment[] {
  const entries = Object.entries(files).map(([name, content]) => [
    `environments/${name}.yaml`,
    JSON.stringify(content),
  ]);
  return load(projectWith(Object.fromEntries(entries) as Record<string, string>)).environments;
}

/** As the command does it. */
async function rehearseAll(all: readonly Environment[]): Promise<Report[]> {
  const homeOf = cloudsOfRun(all, NOON);
  const runs: Run[] = [];
  for (const environment of inOrderOfProvisions(all)) {
    const options = { environment, projectDirectory: PROJECT, now: NOON, file: "", renderer: "silent" as const };
    const run = new Run({ ...options, shared: homeOf(environment) });
    runs.push(run);
    await run.deploy();
  }
  for (const run of runs.toReversed()) await run.destroy();
  for (const { rehearsal } of runs) rehearsal.close();
  return runs.map((run) => run.report());
}

const CREATED = { name: "sharedregistry", resourceGroup: "shared-rg", location: "westeurope", sku: "Basic" };
const ADOPTED = { name: "sharedregistry", resourceGroup: "shared-rg", existing: true };
const IMAGES = { web: { repository: "web", prebuilt: PREBUILT } };
const cluster = (pull: object, reached: object = { kubeconfig: { context: "one" } }) => ({ one: { ...reached, pull } });
const workload = (namespace: string) => ({ image: "web", clusters: ["one"], namespace, port: 8080 });

describeWithTools(["terraform"], "environments of one run", () => {
  it("find what others make: a registry, and a namespace in a cluster that they share", async () => {
    const all = environments({
      // It comes first by its name, and adopts what the other one makes.
      app: {
        ...{
          registry: ADOPTED,
          images: IMAGES,
          clusters: cluster({ servicePrincipal: { name: "app" } }),
          namespaces: { shop: { existing: true } },
        },
        workloads: { app: workload("shop") },
      },
      platform: {
        ...{
          registry: CREATED,
          images: IMAGES,
          clusters: {
            one: {
              kubeconfig: { context: "one" },
              pull: { servicePrincipal: { name: "platform" } },
              pullSecret: "platform",
            },
          },
        },
        workloads: { web: workload("shop") },
      },
    });
    const reports = await rehearseAll(all);
    expect(reports.map(({ environment, passed, failure }) => [environment, passed, failure])).toEqual([
      ["platform", true, undefined],
      ["app", true, undefined],
    ]);
    expect(reports.map(({ story }) => story?.workloads.map((one) => one.workload))).toEqual([
      ["shop/web"],
      ["shop/app"],
    ]);
  });

  it("collide where both give one identity one role", async () => {
    const aks = { aks: { name: "one", resourceGroup: "aks-rg" } };
    const first = {
      registry: CREATED,
      images: IMAGES,
      clusters: cluster({ managedIdentity: {} }, aks),
      workloads: { web: workload("shop") },
    };
    const [alone] = environments({ first });
    if (!alone) throw new Error("no environment");
    const { clouds } = new SharedClouds([alone], NOON).worldOf(alone);
    const objectId = clouds.arm.clusters.values()[0]?.kubelet.objectId ?? "";
    const second = {
      ...{ registry: ADOPTED, images: IMAGES, workloads: { app: workload("shop") } },
      clusters: cluster({ managedIdentity: { objectId } }),
    };
    const reports = await rehearseAll(environments({ first, second }));
    expect(reports.map(({ environment, passed }) => [environment, passed])).toEqual([
      ["first", true],
      ["second", false],
    ]);
    expect(reports[1]?.failure).toMatchObject({ stack: "second-identity-one", step: "apply" });
    expect(reports[1]?.failure?.reason).toContain("RoleAssignmentExists");
  });
});

it("keeps environments of other tenants in clouds of their own, and one without a tenant in the only one that is named", () => {
  const of = (tenant: string, registry: string) => ({
    azure: { tenantId: `${tenant.repeat(8)}-1111-1111-1111-${"1".repeat(12)}` },
    ...{ registry: { ...CREATED, name: registry, resourceGroup: registry }, images: {}, clusters: {}, workloads: {} },
  });
  const silent = {
    registry: { ...CREATED, name: "silentone", resourceGroup: "silent" },
    images: {},
    clusters: {},
    workloads: {},
  };
  const two = environments({ a: of("1", "firstone"), b: of("2", "secondone"), c: silent });
  const home = cloudsOfRun(two, NOON);
  expect(new Set(two.map(home)).size).toBe(3);
  const one = environments({ a: of("1", "firstone"), c: silent });
  expect(new Set(one.map(cloudsOfRun(one, NOON))).size).toBe(1);
});
