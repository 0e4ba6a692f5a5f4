import { StepFailure } from "../../rehearsal/rehearsed-stack";
import { loadConfiguration, type Environment } from "../../config";
import { PROJECT, temporaryFolder } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import fs from "node:fs";
import path from "node:path";
import { rehearsalOf, shipped, waitingPods } from "./rehearsals";

const FILE = "examples/production.yaml";

/** The example after an edit of its file. */
function edited(from: string, to: string): Environment {
  const text = fs.readFileSync(path.join(PROJECT, FILE), "utf8");
  if (!text.includes(from)) throw new Error(`the example has no ${from}`);
  const file = path.join(temporaryFolder(), "production.yaml");
  fs.writeFileSync(file, text.replace(from, to));
  const settings = { projectDirectory: PROJECT, environments: [file], outputDirectory: "", tokenTraces: false };
  const [environment] = loadConfiguration(settings).environments;
  if (!environment) throw new Error("no environment");
  return environment;
}

async function failureOf(environment: Environment): Promise<string> {
  const failure: unknown = await rehearsalOf({ environment })
    .deploy()
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StepFailure);
  return (failure as StepFailure).message;
}

describeWithTools(["terraform"], "a registry that production pulls from", () => {
  it("refuses a cluster that comes from where nobody is let in, with its address", async () => {
    const environment = edited("    privateEndpoint: true\n", "    egress: [203.0.113.0/24]\n");
    const outside: Environment = {
      ...environment,
      clusters: Object.fromEntries(
        Object.entries(environment.clusters).map(([key, cluster]) => [
          key,
          key === "aks" ? { ...cluster, egress: ["192.0.2.77/32"] } : cluster,
        ]),
      ),
    };
    const message = await failureOf(outside);
    expect(message).toMatch(/^production-workload-aks: apply: /);
    expect(message).toContain("client with IP '192.0.2.77' is not allowed access");
    expect(message).toContain("unexpected status: 403 Forbidden");
  });

  it("is not reached without a route to its private endpoint", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    await rehearsal.deploy();
    const [aks] = rehearsal.world.clusters.filter(({ key }) => key === "aks");
    aks?.cluster.reachBy({ privateEndpoint: true, hasRoute: false });
    aks?.cluster.restartPods();
    expect(waitingPods(rehearsal)).toEqual([
      expect.stringMatching(/^shop\/\w+: ImagePullBackOff: .*10\.1\.0\.4:443: i\/o timeout/),
      expect.stringMatching(/^shop\/\w+: ImagePullBackOff: .*10\.1\.0\.4:443: i\/o timeout/),
    ]);
  });

  it("holds what clusters have on it until somebody lifts its lock, but goes itself as Terraform lifts it first", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    await rehearsal.deploy();
    for (const key of ["aks", "edge"]) await rehearsal.destroyStack(rehearsal.stack(`-workload-${key}`));
    const refusal: unknown = await rehearsal
      .destroyStack(rehearsal.stack("-identity-aks"))
      .catch((error: unknown) => error);
    expect((refusal as StepFailure).message).toMatch(/ScopeLocked: .*roleAssignments/);
    await rehearsal.destroyStack(rehearsal.stack("-registry"));
    expect(rehearsal.clouds.arm.registries.values()).toEqual([]);
  });

  it("fetches images of others by itself, once", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    await rehearsal.deploy();
    const [registry] = rehearsal.clouds.arm.registries.values();
    expect([...(registry?.repositories.keys() ?? [])].sort()).toEqual(["docker/nginx", "shop/storefront"]);
  });
});
