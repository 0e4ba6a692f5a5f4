import type { Cluster } from "../../../rehearsal/clouds/cluster";
import { createClouds } from "../../../rehearsal/clouds";
import { ENFORCE_LABEL } from "../../../rehearsal/clouds/pod-security";
import type { World } from "./world";
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
  template,
} from "./world";

function deployed(replicas = 1): World {
  const world = createWorld();
  world.cluster.createSecret(goodSecret(world));
  world.cluster.createDeployment(deployment({ replicas }));
  return world;
}

function faultOf(cluster: Cluster): string | undefined {
  return cluster.rolloutFault(first(cluster.deployments.values()));
}

describe("a rollout", () => {
  test("pulls once for each replica, and runs the digest", () => {
    const { cluster, clouds, principal } = deployed(2);
    expect(faultOf(cluster)).toBeUndefined();
    expect(cluster.pods.map(({ digests }) => digests)).toEqual([[DIGEST], [DIGEST]]);
    const record = { time: clouds.clock.now(), image: IMAGE, username: principal.clientId, ok: true, digest: DIGEST };
    expect(cluster.pulls).toEqual([record, record]);
  });

  test("fails with the whole chain where the secret is missing in the pod's namespace", () => {
    const world = createWorld();
    world.cluster.namespaces.create({ namespace: "", name: "web", labels: {}, annotations: {} });
    world.cluster.createSecret(goodSecret(world));
    world.cluster.createDeployment(deployment({ namespace: "web" }));
    expect(faultOf(world.cluster)).toBe(
      [
        "Waiting for rollout to finish: 1 replicas wanted; 0 replicas Ready",
        `ImagePullBackOff: Back-off pulling image "${IMAGE}": Unable to retrieve some image pull secrets (acr-secret); attempting to pull the image may not succeed: secret "acr-secret" not found in namespace "web"; pulled as anonymous: unauthorized: authentication required: no credentials were sent`,
      ].join("\n"),
    );
  });

  test("fails with Entra's cause where the password has expired", () => {
    const world = createWorld();
    world.cluster.createSecret(goodSecret(world));
    world.clouds.clock.set(world.password.end);
    world.cluster.createDeployment(deployment());
    expect(faultOf(world.cluster)).toContain(
      `pulled as ${world.principal.clientId}: unauthorized: authentication required: AADSTS7000222`,
    );
  });

  test("tries every secret that fits, until one works", () => {
    const world = createWorld();
    world.cluster.createSecret(pullSecret(dockerConfig(HOST, "nobody", "x"), { name: "stale" }));
    world.cluster.createSecret(goodSecret(world));
    world.cluster.createDeployment(deployment({ template: template({ imagePullSecrets: ["stale", "acr-secret"] }) }));
    expect(faultOf(world.cluster)).toBeUndefined();
  });

  test("resolves a tag when the pod is made", () => {
    const { cluster, clouds } = deployed();
    const moved = `sha256:${"cd".repeat(32)}`;
    clouds.registries.push(HOST, REPOSITORY, "v1", moved);
    expect(cluster.pods.map(({ digests }) => digests)).toEqual([[DIGEST]]);
    cluster.restartPods();
    expect(cluster.pods.map(({ digests }) => digests)).toEqual([[moved]]);
  });

  test("reports a pod that no node takes", () => {
    const world = createWorld();
    world.cluster.createDeployment(deployment({ template: template({ nodeSelector: { type: "virtual-kubelet" } }) }));
    expect(faultOf(world.cluster)).toMatch(/1 replicas wanted; 0 replicas Ready\nUnschedulable: 0\/1 nodes/);
    expect(world.cluster.pulls).toEqual([]);
  });

  test("makes no pod where the namespace is restricted and the pod is not", () => {
    const world = createWorld();
    const labels = { [ENFORCE_LABEL]: "restricted" };
    world.cluster.namespaces.create({ namespace: "", name: "web", labels, annotations: {} });
    world.cluster.createDeployment(deployment({ namespace: "web" }));
    expect(faultOf(world.cluster)).toMatch(
      /^Waiting for rollout to finish: 0 out of 1 new replicas have been updated\.\.\.\nFailedCreate: pods "acr-app2" is forbidden: violates PodSecurity "restricted:latest": /,
    );
  });

  test("of a changed template keeps old pods while new ones fail", () => {
    const { cluster } = deployed();
    const broken = deployment({ template: template({}, { image: `${HOST}/${REPOSITORY}:v2` }) });
    cluster.replaceDeployment(broken);
    expect(cluster.rolloutFault(broken)).toMatch(
      /^Waiting for rollout to finish: 1 old replicas are pending termination\.\.\.\nImagePullBackOff: .*manifest tagged by "v2" is not found/,
    );
    expect(cluster.pods.filter(({ reason }) => reason === undefined)).toHaveLength(1);
  });

  test("of a changed template replaces old pods once new ones run", () => {
    const { cluster } = deployed();
    const changed = deployment({ template: template({ annotations: { revision: "2" } }) });
    cluster.replaceDeployment(changed);
    expect(cluster.pods.map((pod) => pod.template.annotations)).toEqual([{ revision: "2" }]);
  });

  test("of the same template pulls for additional replicas only", () => {
    const { cluster } = deployed();
    cluster.replaceDeployment(deployment({ replicas: 3 }));
    expect([cluster.pods.length, cluster.pulls.length]).toEqual([3, 3]);
    cluster.replaceDeployment(deployment({ replicas: 1 }));
    expect([cluster.pods.length, cluster.pulls.length]).toEqual([1, 3]);
  });
});

describe("later", () => {
  test("running pods outlive their password, new ones do not", () => {
    const { cluster, clouds, password } = deployed();
    clouds.clock.set(password.end);
    expect(cluster.reconcile()).toEqual([]);
    expect(faultOf(cluster)).toBeUndefined();
    expect(cluster.restartPods().map(({ ok }) => ok)).toEqual([false]);
    expect(faultOf(cluster)).toContain("AADSTS7000222");
  });

  test("failed pods come up once their secret is right", () => {
    const world = createWorld();
    world.cluster.createDeployment(deployment());
    world.clouds.clock.advance(DAY_MS);
    world.cluster.createSecret(goodSecret(world));
    expect(world.cluster.reconcile().map(({ ok, time }) => [ok, time])).toEqual([[true, world.clouds.clock.now()]]);
    expect(faultOf(world.cluster)).toBeUndefined();
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
  const secretless = deployment({ template: template({ imagePullSecrets: [] }) });

  test("pulls without a secret once it has AcrPull", () => {
    const { clouds, registry, kubelet, cluster } = aks();
    clouds.arm.roles.assign({ scope: registry.id, roleName: "AcrPull", principalId: kubelet.objectId });
    cluster.createDeployment(secretless);
    expect(cluster.rolloutFault(secretless)).toBeUndefined();
    expect(first(cluster.pulls).username).toBe("kubelet");
  });

  test("without AcrPull asks as nobody, and hears 401", () => {
    const { cluster } = aks();
    cluster.createDeployment(secretless);
    expect(cluster.rolloutFault(secretless)).toMatch(
      /pulled as kubelet: denied: .*; pulled as anonymous: unauthorized: authentication required/,
    );
  });
});

describe("the API server", () => {
  test("knows the namespaces that every cluster has", () => {
    const { cluster } = createWorld();
    expect(cluster.namespaces.values().map(({ name }) => name)).toEqual([
      "default",
      "kube-node-lease",
      "kube-public",
      "kube-system",
    ]);
  });

  test("takes nothing into a namespace that does not exist", () => {
    const { cluster } = createWorld();
    expect(() => {
      cluster.createDeployment(deployment({ namespace: "web" }));
    }).toThrow('namespaces "web" not found');
  });

  test("refuses what exists already", () => {
    const world = deployed();
    expect(() => {
      world.cluster.createSecret(goodSecret(world));
    }).toThrow('secrets "acr-secret" already exists');
    expect(() => {
      world.cluster.createDeployment(deployment());
    }).toThrow('deployments.apps "acr-app2" already exists');
  });

  test("refuses to change what is not there", () => {
    const world = createWorld();
    expect(() => {
      world.cluster.replaceSecret(goodSecret(world));
    }).toThrow('secrets "acr-secret" not found');
  });

  test("refuses a pull secret that is encoded twice, without showing it", () => {
    const { cluster } = createWorld();
    const twice = Buffer.from(dockerConfig(HOST, "u", "p")).toString("base64");
    expect(() => {
      cluster.createSecret(pullSecret(twice));
    }).toThrow(
      'Secret "acr-secret" is invalid: data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": it is base64 of JSON: encoded twice',
    );
  });

  test("refuses a pull secret without its key", () => {
    const { cluster } = createWorld();
    expect(() => {
      cluster.createSecret(pullSecret("", { data: {} }));
    }).toThrow('Secret "acr-secret" is invalid: data[.dockerconfigjson]: Required value');
  });

  test("refuses to change the data of an immutable secret", () => {
    const world = createWorld();
    world.cluster.createSecret({ ...goodSecret(world), immutable: true });
    expect(() => {
      world.cluster.replaceSecret(pullSecret("{}"));
    }).toThrow('Secret "acr-secret" is invalid: data: Forbidden: field is immutable when `immutable` is set');
  });

  test("refuses a selector that does not match the pods", () => {
    const { cluster } = createWorld();
    expect(() => {
      cluster.createDeployment(deployment({ selector: { app: "other" } }));
    }).toThrow("`selector` does not match template `labels`");
  });

  test("deletes a namespace with everything in it", () => {
    const world = deployed();
    world.cluster.deleteNamespace("default");
    expect([world.cluster.secrets.values(), world.cluster.deployments.values(), world.cluster.pods]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test("gives a LoadBalancer a public address, and keeps it", () => {
    const { cluster } = createWorld();
    const service = { namespace: "default", name: "web", labels: {}, annotations: {}, type: "LoadBalancer" };
    const created = cluster.services.create(cluster.withAddresses(service));
    expect(created.ingressIp).toMatch(/^20\./);
    expect(cluster.withAddresses(service)).toEqual(created);
  });

  test.each(["ClusterIP", "NodePort"])("gives a %s no public address", (type) => {
    const { cluster } = createWorld();
    const service = { namespace: "default", name: "web", labels: {}, annotations: {}, type };
    expect(cluster.withAddresses(service).ingressIp).toBeUndefined();
  });
});
