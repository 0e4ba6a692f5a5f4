import { createClouds } from "../../../../rehearsal/clouds";
import type { Cluster } from "../../../../rehearsal/clouds/kubernetes/cluster";
import { modeLabel } from "../../../../rehearsal/clouds/kubernetes/pod-security";
import type { World } from "../world";
import {
  createWorld,
  DAY_MS,
  deployment,
  DIGEST,
  dockerConfig,
  first,
  goodSecret,
  HOST,
  IMAGE,
  pullSecret,
  registryRequest,
  REPOSITORY,
  SUBSCRIPTION,
  type DeploymentOptions,
} from "../world";

const MINUTES_10 = 600;
const SECONDS_90 = 90;

function deployed(options: DeploymentOptions = {}): World {
  const world = createWorld();
  world.cluster.secrets.create(goodSecret(world));
  world.cluster.createDeployment(deployment(options));
  return world;
}

/** What the provider says after it has waited. @param seconds Of its timeout, by default shorter than the deadline. */
const waited = (cluster: Cluster, seconds = SECONDS_90) => cluster.waitForRollout("default", "acr-app2", seconds);
const statusOf = (cluster: Cluster) => cluster.deployment("default", "acr-app2")?.status;
const conditionsOf = (cluster: Cluster) =>
  statusOf(cluster)?.conditions.map(({ type, status, reason }) => `${type} ${status} ${reason}`);
const broken = { container: { image: `${HOST}/${REPOSITORY}:v2` } };

describe("a rollout", () => {
  test("pulls once a node, and runs the digest in each replica", () => {
    const { cluster, clouds, principal } = deployed({ replicas: 2 });
    expect(waited(cluster)).toBeUndefined();
    expect(cluster.pods.map(({ digests }) => digests)).toEqual([[DIGEST], [DIGEST]]);
    const record = { time: clouds.clock.now(), image: IMAGE, username: principal.clientId, ok: true, digest: DIGEST };
    expect(cluster.pulls).toEqual([record]);
  });

  test("tells Terraform little, and the report the events and what nobody in the cluster says", () => {
    const { cluster } = createWorld();
    cluster.createDeployment(deployment());
    expect(waited(cluster)).toBe("Waiting for rollout to finish: 1 replicas wanted; 0 replicas Ready");
    const causes = cluster.causes("default", "acr-app2");
    expect(causes[0]).toMatch(/^Pod acr-app2-\w+-\w+: FailedToRetrieveImagePullSecret: Unable to retrieve some image/);
    expect(causes.at(-1)).toMatch(
      /^ImagePullBackOff: .*: secret "acr-secret" not found in namespace "default"; pulled as anonymous: unauthorized: authentication required: no credentials were sent$/,
    );
  });

  test("names Entra's cause where the password has expired", () => {
    const world = createWorld();
    world.cluster.secrets.create(goodSecret(world));
    world.clouds.clock.set(world.password.end);
    world.cluster.createDeployment(deployment());
    expect(world.cluster.causes("default", "acr-app2").at(-1)).toContain(
      `pulled as ${world.principal.clientId}: unauthorized: authentication required: AADSTS7000222`,
    );
  });

  test("tries every secret that fits, until one works", () => {
    const world = createWorld();
    world.cluster.secrets.create(pullSecret(dockerConfig(HOST, "nobody", "x"), { name: "stale" }));
    world.cluster.secrets.create(goodSecret(world));
    world.cluster.createDeployment(deployment({ secrets: ["stale", "acr-secret"] }));
    expect(waited(world.cluster)).toBeUndefined();
  });

  test("resolves a tag when a node pulls", () => {
    const { cluster, clouds } = deployed();
    const moved = `sha256:${"cd".repeat(32)}`;
    clouds.registries.push(HOST, REPOSITORY, "v1", moved);
    cluster.restartContainers();
    expect(cluster.pods.map(({ digests }) => digests)).toEqual([[DIGEST]]);
    cluster.restartPods();
    expect(cluster.pods.map(({ digests }) => digests)).toEqual([[moved]]);
  });

  test("reports a pod that no node takes", () => {
    const { cluster } = deployed({ pod: { nodeSelector: { type: "virtual-kubelet" } } });
    expect(waited(cluster)).toBe("Waiting for rollout to finish: 1 replicas wanted; 0 replicas Ready");
    expect(cluster.causes("default", "acr-app2")).toEqual([
      expect.stringMatching(/^Pod acr-app2-\w+-\w+: FailedScheduling: 0\/1 nodes are available: /),
      expect.stringMatching(/^Unschedulable: 0\/1 nodes are available: /),
    ]);
    expect(cluster.pulls).toEqual([]);
  });

  test("exceeds its progress deadline, where that comes before the provider's timeout", () => {
    const { cluster } = deployed({ ...broken, spec: { progressDeadlineSeconds: 300 } });
    expect(waited(cluster, MINUTES_10)).toBe("Deployment exceeded its progress deadline");
  });

  test("of a changed template keeps old pods while new ones fail", () => {
    const { cluster } = deployed();
    cluster.replaceDeployment(deployment(broken));
    expect(waited(cluster)).toBe("Waiting for rollout to finish: 1 old replicas are pending termination...");
    expect(cluster.pods.filter(({ reason }) => reason === undefined)).toHaveLength(1);
  });

  test("goes on as far as its strategy allows", () => {
    const { cluster } = deployed({ replicas: 4 });
    const changed = (rollingUpdate: object) =>
      cluster.replaceDeployment(deployment({ ...broken, replicas: 4, spec: { strategy: { rollingUpdate } } }));
    changed({ maxSurge: 1, maxUnavailable: 0 });
    expect(statusOf(cluster)).toMatchObject({ replicas: 5, updatedReplicas: 1, readyReplicas: 4 });
    expect(waited(cluster)).toBe("Waiting for rollout to finish: 1 out of 4 new replicas have been updated...");
    changed({ maxSurge: "50%", maxUnavailable: "25%" });
    expect(statusOf(cluster)).toMatchObject({ replicas: 6, updatedReplicas: 3, readyReplicas: 3 });
  });

  test("by Recreate takes the old pods away first", () => {
    const { cluster } = deployed({ replicas: 2 });
    cluster.replaceDeployment(deployment({ ...broken, replicas: 2, spec: { strategy: { type: "Recreate" } } }));
    expect(statusOf(cluster)).toMatchObject({ replicas: 2, updatedReplicas: 2, readyReplicas: 0 });
  });

  test("of a changed template replaces old pods once new ones run", () => {
    const { cluster } = deployed();
    const [{ replicaSet: before } = { replicaSet: "" }] = cluster.pods;
    cluster.replaceDeployment(deployment({ annotations: { revision: "2" } }));
    expect(cluster.pods.map((pod) => pod.template.metadata?.annotations)).toEqual([{ revision: "2" }]);
    expect(first(cluster.pods).replicaSet).not.toBe(before);
  });

  test("of the same template adds and takes away replicas only", () => {
    const { cluster } = deployed();
    const [{ name } = { name: "" }] = cluster.pods;
    cluster.replaceDeployment(deployment({ replicas: 3 }));
    expect([cluster.pods.length, cluster.pods[0]?.name]).toEqual([3, name]);
    cluster.replaceDeployment(deployment());
    expect(cluster.pods.map((pod) => pod.name)).toEqual([name]);
  });
});

describe("the conditions of a Deployment", () => {
  test("that runs", () => {
    const { cluster } = deployed();
    expect(conditionsOf(cluster)).toEqual([
      "Available True MinimumReplicasAvailable",
      "Progressing True NewReplicaSetAvailable",
    ]);
    expect(statusOf(cluster)).toMatchObject({ observedGeneration: 1, replicas: 1, updatedReplicas: 1 });
  });

  test("whose pods do not run yet", () => {
    expect(conditionsOf(deployed(broken).cluster)).toEqual([
      "Available False MinimumReplicasUnavailable",
      "Progressing True ReplicaSetUpdated",
    ]);
  });

  test.each<[string, (world: World) => void]>([
    ["somebody has waited so long", ({ cluster }) => waited(cluster, MINUTES_10 + 1)],
    [
      "the time has passed",
      ({ clouds }) => {
        clouds.clock.advance(DAY_MS);
      },
    ],
  ])("that is past its deadline, as %s", (_, pass) => {
    const world = deployed(broken);
    pass(world);
    expect(conditionsOf(world.cluster)).toContain("Progressing False ProgressDeadlineExceeded");
  });

  test("stay as they are at the next look, and go with a template that runs", () => {
    const { cluster } = deployed();
    cluster.replaceDeployment(deployment(broken));
    waited(cluster, MINUTES_10 + 1);
    expect(conditionsOf(cluster)).toEqual([
      "Available True MinimumReplicasAvailable",
      "Progressing False ProgressDeadlineExceeded",
    ]);
    cluster.replaceDeployment(deployment());
    expect(conditionsOf(cluster)).toContain("Progressing True NewReplicaSetAvailable");
    expect(statusOf(cluster)?.observedGeneration).toBe(3);
  });

  test("whose pods admission refuses", () => {
    const world = createWorld();
    world.cluster.createNamespace({ name: "web", labels: { [modeLabel("enforce")]: "restricted" } });
    world.cluster.createDeployment(deployment({ namespace: "web" }));
    const status = world.cluster.deployment("web", "acr-app2")?.status;
    expect(status).toMatchObject({ replicas: 0, updatedReplicas: 0 });
    expect(status?.conditions.at(-1)).toMatchObject({ type: "ReplicaFailure", status: "True", reason: "FailedCreate" });
  });
});

describe("later", () => {
  test("running pods outlive their password, new ones on new nodes do not", () => {
    const { cluster, clouds, password } = deployed();
    clouds.clock.set(password.end);
    expect(cluster.reconcile()).toEqual([]);
    expect(waited(cluster)).toBeUndefined();
    expect(cluster.restartPods().map(({ ok }) => ok)).toEqual([false]);
    expect(cluster.pods[0]?.reason).toContain("AADSTS7000222");
  });

  test("failed pods come up once their secret is right", () => {
    const world = createWorld();
    world.cluster.createDeployment(deployment());
    world.clouds.clock.advance(DAY_MS);
    world.cluster.secrets.create(goodSecret(world));
    expect(world.cluster.reconcile().map(({ ok, time }) => [ok, time])).toEqual([[true, world.clouds.clock.now()]]);
    expect(waited(world.cluster)).toBeUndefined();
  });

  test("a deleted Deployment leaves no pod", () => {
    const { cluster } = deployed();
    cluster.deleteDeployment("default", "acr-app2");
    expect(cluster.pods).toEqual([]);
  });
});

describe("a kubelet with an identity", () => {
  function aks() {
    const clouds = createClouds({
      now: new Date("2026-01-01T00:00:00Z"),
      clusters: [{ context: "aksdemo2", aks: { name: "aksdemo2", resourceGroup: "acr-rg2" } }],
    });
    const registry = clouds.arm.createRegistry(registryRequest({ subscriptionId: SUBSCRIPTION }));
    clouds.registries.push(HOST, REPOSITORY, "v1", DIGEST);
    const { kubelet } = first(clouds.arm.clusters.values());
    return { clouds, registry, kubelet, cluster: first(clouds.clusters) };
  }
  const secretless = deployment({ secrets: [] });

  test("pulls without a secret once it has AcrPull", () => {
    const { clouds, registry, kubelet, cluster } = aks();
    clouds.arm.roles.assign({ scope: registry.id, roleName: "AcrPull", principalId: kubelet.objectId });
    cluster.createDeployment(secretless);
    expect(waited(cluster)).toBeUndefined();
    expect(first(cluster.pulls).username).toBe("kubelet");
  });

  test("without AcrPull asks as nobody, and hears 401", () => {
    const { cluster } = aks();
    cluster.createDeployment(secretless);
    expect(cluster.pods[0]?.reason).toMatch(
      /failed to fetch anonymous token: .*: pulled as kubelet: denied: .*; pulled as anonymous: unauthorized: authentication required/,
    );
  });
});

test("a namespace is deleted with everything in it", () => {
  const { cluster } = deployed();
  cluster.deleteNamespace("default");
  expect([cluster.secrets.values(), cluster.deployments.values(), cluster.pods]).toEqual([[], [], []]);
});

test("a namespace that warns and audits takes the pods, and says what it thinks", () => {
  const world = createWorld();
  const labels = { [modeLabel("warn")]: "restricted", [modeLabel("audit")]: "baseline" };
  world.cluster.createNamespace({ name: "web", labels });
  world.cluster.secrets.create({ ...goodSecret(world), metadata: { namespace: "web", name: "acr-secret" } });
  world.cluster.createDeployment(deployment({ namespace: "web" }));
  expect(world.cluster.waitForRollout("web", "acr-app2", SECONDS_90)).toBeUndefined();
  expect(world.cluster.api.remarks).toEqual([
    { mode: "warn", message: expect.stringMatching(/^would violate PodSecurity "restricted:latest": /) as string },
  ]);
});
