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
    const lost = expect.stringMatching(/^shop\/\w+: ImagePullBackOff: .*10\.1\.0\.4:443: i\/o timeout/) as unknown;
    expect(waitingPods(rehearsal)).toEqual([lost, lost, lost]);
  });

  it.each([
    ["takes its private endpoint away", { privateEndpoint: true, ofRegistry: true, address: "192.0.2.77" }, true],
    ["keeps no name for others' endpoints", { privateEndpoint: true, hasNames: false, address: "192.0.2.77" }, false],
  ] as const)("refuses nodes with their address where somebody %s", async (_what, way, isTaken) => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    await rehearsal.deploy();
    const [aks] = rehearsal.world.clusters.filter(({ key }) => key === "aks");
    const [registry] = rehearsal.clouds.arm.registries.values();
    expect([...(registry?.endpoints.values() ?? [])]).toEqual([{ hasZoneGroup: true }]);
    if (isTaken) registry?.endpoints.clear();
    aks?.cluster.reachBy(way);
    aks?.cluster.restartPods();
    const refusal = /403 Forbidden.*client with IP '192\.0\.2\.77' is not allowed access/;
    const lost = expect.stringMatching(refusal) as unknown;
    expect(waitingPods(rehearsal)).toEqual([lost, lost, lost]);
  });

  it("gives no layer to nodes whose firewall lacks the registry's data endpoint", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    await rehearsal.deploy();
    const [edge] = rehearsal.world.clusters.filter(({ key }) => key === "edge");
    edge?.cluster.reachBy({ privateEndpoint: false, address: "198.51.100.7", reachesLayers: false });
    edge?.cluster.restartPods();
    expect(waitingPods(rehearsal)).toEqual([
      expect.stringMatching(/httpReadSeeker.*shopproduction\.westeurope\.data\.azurecr\.io.*i\/o timeout/),
    ]);
  });

  it("lets nobody plan from outside who has to look at a tag", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    await rehearsal.deployStack(rehearsal.stack("-registry"));
    rehearsal.clouds.registries.operatorsWay = { privateEndpoint: false, address: "192.0.2.77" };
    const failure: unknown = await rehearsal.deployStack(rehearsal.stack("-images")).catch((error: unknown) => error);
    expect((failure as StepFailure).message).toMatch(
      /^production-images: plan: .*403 Forbidden.*client with IP '192\.0\.2\.77' is not allowed access/s,
    );
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

  it("keeps what lies in the vault for somebody outside good, whatever the generation, for its repository alone", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    await rehearsal.deploy();
    const { arm, clock, registries } = rehearsal.clouds;
    const [vault] = arm.vaults.values().filter(({ name }) => name === "shop-production-kv");
    const read = (name: string) => vault?.secret(name)?.value ?? "";
    const pulled = (repository: string) => {
      const credentials = {
        username: read("production-token-audit-username"),
        password: read("production-token-audit"),
      };
      const request = { loginServer: "shopproduction.azurecr.io", repository, reference: "2.4.1", credentials };
      const answer = registries.pull(request);
      return answer.ok ? "pulled" : answer.reason;
    };
    const users = new Set<string>();
    for (let generation = 0; generation < 3; generation += 1) {
      expect(pulled("shop/storefront")).toBe("pulled");
      expect(pulled("docker/nginx")).toMatch(/does not allow content\/read of "docker\/nginx"/);
      users.add(read("production-token-audit-username"));
      clock.advance(14 * 24 * 60 * 60 * 1000);
      // What lies there is good until the next apply, and after it.
      expect(pulled("shop/storefront")).toBe("pulled");
      await rehearsal.deployStack(rehearsal.stack("-token-audit"));
    }
    expect(users.size).toBe(3);
  });

  it("fetches images of others by itself, once", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    await rehearsal.deploy();
    const [registry] = rehearsal.clouds.arm.registries.values();
    expect([...(registry?.repositories.keys() ?? [])].sort()).toEqual([
      ...["docker/nginx", "docker/redis", "dotnet/runtime", "shop/storefront"],
    ]);
  });

  it("knows at the plan of a pinned tag that the login to its source is wrong", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    const [vault] = rehearsal.clouds.arm.vaults.values().filter(({ name }) => name === "shop-production-kv");
    vault?.setSecret("docker-hub-token", "of last year");
    const failure: unknown = await rehearsal.deploy().catch((error: unknown) => error);
    expect((failure as StepFailure).message).toMatch(/^production-images: (plan|apply): /);
    expect((failure as StepFailure).message).toContain(
      "unauthorized: authentication required with source registry for cache rule 'docker-library'",
    );
  });

  it("tells pods that start of the limit of their image's source, and not those whose image is there", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    for (const stack of ["-registry", "-images", "-identity-aks", "-identity-edge"])
      await rehearsal.deployStack(rehearsal.stack(stack));
    rehearsal.clouds.registries.others.limits.set("docker.io", "everyone");
    const failure: unknown = await rehearsal
      .deployStack(rehearsal.stack("-workload-aks"))
      .catch((error: unknown) => error);
    expect((failure as StepFailure).message).toMatch(/too many requests to source registry for cache rule/);
    expect(waitingPods(rehearsal)).toEqual([
      expect.stringMatching(/^shop\/cache: ImagePullBackOff: .*docker\/redis.*429 Too Many Requests/),
    ]);
  });

  it("serves what it has fetched without its rule, and nothing else", async () => {
    const rehearsal = rehearsalOf({ environment: shipped(FILE) });
    await rehearsal.deploy();
    const [registry] = rehearsal.clouds.arm.registries.values();
    const [aks] = rehearsal.world.clusters.filter(({ key }) => key === "aks");
    registry?.cacheRules.clear();
    aks?.cluster.restartPods();
    expect(waitingPods(rehearsal)).toEqual([]);
    registry?.repositories.delete("docker/redis");
    aks?.cluster.restartPods();
    expect(waitingPods(rehearsal)).toEqual([expect.stringMatching(/^shop\/cache: ImagePullBackOff: .*: not found/)]);
  });

  it("starts no pod of what is in quarantine, until somebody releases it", async () => {
    const environment = edited("  retentionDays: 30\n", "  retentionDays: 30\n  quarantine: true\n");
    // With a scanner all goes well.
    await rehearsalOf({ environment }).deploy();
    const rehearsal = rehearsalOf({ environment });
    const { registries, arm } = rehearsal.clouds;
    registries.hasScanner = false;
    const releaseAll = () => {
      for (const { loginServer, repositories } of arm.registries.values())
        for (const [repository, { manifests }] of repositories)
          for (const digest of manifests.keys()) registries.release(loginServer, repository, digest);
    };
    const failure = async (stack: string) => {
      const error: unknown = await rehearsal.deployStack(rehearsal.stack(stack)).catch((thrown: unknown) => thrown);
      return (error as StepFailure).message;
    };
    await rehearsal.deployStack(rehearsal.stack("-registry"));
    // What is held has no tag to read.
    expect(await failure("-images")).toMatch(/^production-images: plan: .*404 Not Found/s);
    for (const stack of ["-identity-aks", "-identity-edge"]) await rehearsal.deployStack(rehearsal.stack(stack));
    expect(await failure("-workload-edge")).toMatch(/^production-workload-edge: apply: .*The image is quarantined/s);
    releaseAll();
    await rehearsal.deployStack(rehearsal.stack("-images"));
    await rehearsal.deployStack(rehearsal.stack("-workload-edge"));
    expect(waitingPods(rehearsal)).toEqual([]);
  });

  it("lets a token pull what its cluster names from elsewhere, and no more", async () => {
    const onEdge = edited(
      "proxy: { image: nginx:1.28.0, clusters: [aks]",
      "proxy: { image: nginx:1.28.0, clusters: [aks, edge]",
    );
    const rehearsal = rehearsalOf({ environment: onEdge });
    await rehearsal.deploy();
    const [registry] = rehearsal.clouds.arm.registries.values();
    const actions = [...(registry?.scopeMaps ?? [])]
      .filter(([name]) => name.includes("edge"))
      .flatMap(([, own]) => own);
    expect([...new Set(actions)].filter((action) => action.endsWith("content/read")).sort()).toEqual([
      ...["repositories/docker/nginx/content/read", "repositories/shop/storefront/content/read"],
    ]);
    expect(waitingPods(rehearsal)).toEqual([]);
  });
});
