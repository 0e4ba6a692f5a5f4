import type { Attributes } from "../../../../rehearsal/sdk/model";
import { CloudError } from "../../../../rehearsal/sdk/model";
import { DIGEST, HOST, IMAGE, registryRequest, REPOSITORY, SUBSCRIPTION } from "../../clouds/world";
import { resource, setUp } from "../harness";

const LABELS = { app: "acr-app2" };

function config(image = IMAGE, more: Attributes = {}, pod: Attributes = {}): Attributes {
  const container = [{ name: "acr-app2", image }];
  const template = [{ metadata: [{ labels: LABELS }], spec: [{ container, ...pod }] }];
  return {
    metadata: [{ name: "acr-app2", namespace: "default" }],
    spec: [{ selector: [{ match_labels: LABELS }], template }],
    ...more,
  };
}

/** A registry that anybody may pull from: what the kubelet does with secrets is tested with the cluster. */
function withDeployments() {
  const world = setUp();
  const { arm, registries } = world.clouds;
  arm.createGroup(SUBSCRIPTION, "acr-rg2", "centralus");
  arm.createRegistry(registryRequest({ sku: "Standard", anonymousPullEnabled: true }));
  registries.push(HOST, REPOSITORY, "v1", DIGEST);
  const deployments = resource(world.providers.kubernetes, "kubernetes_deployment_v1");
  const cluster = world.clouds.clusters[0];
  if (!cluster) throw new Error("no cluster");
  return { ...world, deployments, cluster };
}

test("a Deployment rolls out, and is read back as it is", async () => {
  const { deployments, cluster } = withDeployments();
  const state = await deployments.create(config());
  expect(state.id).toBe("default/acr-app2");
  expect(cluster.pods.map(({ digests }) => digests)).toEqual([[DIGEST]]);
  expect(await deployments.drift(state)).toEqual([]);
});

test("a rollout that fails says so, hands the causes on, and leaves the Deployment to be tainted", async () => {
  const { deployments, cluster } = withDeployments();
  const failure = await deployments.create(config(`${HOST}/${REPOSITORY}:v2`)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CloudError);
  expect(failure).toMatchObject({
    message: "Waiting for rollout to finish: 1 replicas wanted; 0 replicas Ready",
    causes: expect.arrayContaining([expect.stringContaining('manifest tagged by "v2" is not found')]) as string[],
    partialState: { id: "default/acr-app2" },
  });
  expect(cluster.deployments.get("default", "acr-app2")).toBeDefined();
});

test("the progress deadline counts where it comes before the timeout", async () => {
  const { deployments } = withDeployments();
  const hurried = (more: Attributes = {}): Attributes => {
    const late = config(`${HOST}/${REPOSITORY}:v2`, more);
    const [spec] = late.spec as readonly Attributes[];
    return { ...late, spec: [{ ...spec, progress_deadline_seconds: 300 }] };
  };
  await expect(deployments.create(hurried())).rejects.toThrow("Deployment exceeded its progress deadline");
  await expect(withDeployments().deployments.create(hurried({ timeouts: { create: "90s" } }))).rejects.toThrow(
    "Waiting for rollout to finish: 1 replicas wanted; 0 replicas Ready",
  );
});

test("nobody waits for a rollout with wait_for_rollout = false", async () => {
  const { deployments } = withDeployments();
  const state = await deployments.create(config(`${HOST}/${REPOSITORY}:v2`, { wait_for_rollout: false }));
  expect(state.id).toBe("default/acr-app2");
});

test("a changed image rolls out in place, and a broken one fails", async () => {
  const { deployments, cluster, clouds } = withDeployments();
  const state = await deployments.create(config());
  await expect(deployments.update(state, config(`${HOST}/${REPOSITORY}:v2`))).rejects.toThrow(
    "Waiting for rollout to finish: 1 old replicas are pending termination...",
  );
  const newer = `sha256:${"cd".repeat(32)}`;
  clouds.registries.push(HOST, REPOSITORY, "v2", newer);
  await deployments.update(state, config(`${HOST}/${REPOSITORY}:v2`));
  expect(cluster.pods.map(({ digests }) => digests)).toEqual([[newer]]);
});

test("the pod's secrets, node wishes and security reach the cluster", async () => {
  const { deployments, cluster } = withDeployments();
  const pod = {
    image_pull_secrets: [{ name: "acr-secret" }],
    node_selector: { "kubernetes.io/os": "linux" },
    toleration: [{ key: "azure.com/aci", operator: "Exists", effect: "NoSchedule" }],
    security_context: [{ run_as_non_root: true, seccomp_profile: [{ type: "RuntimeDefault" }] }],
    container: [
      {
        name: "acr-app2",
        image: IMAGE,
        security_context: [{ allow_privilege_escalation: false, capabilities: [{ drop: ["ALL"] }] }],
      },
    ],
  };
  await deployments.create(config(IMAGE, {}, pod));
  expect(cluster.deployments.get("default", "acr-app2")?.spec.template.spec).toMatchObject({
    imagePullSecrets: [{ name: "acr-secret" }],
    nodeSelector: { "kubernetes.io/os": "linux" },
    tolerations: [{ key: "azure.com/aci", operator: "Exists", effect: "NoSchedule" }],
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    // What the block leaves out is sent all the same.
    containers: [
      {
        securityContext: {
          ...{ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: false, runAsNonRoot: false },
          capabilities: { drop: ["ALL"] },
        },
      },
    ],
  });
});

test("a quantity is stored in its shortest form, which is no difference, but for what is too fine", async () => {
  const { deployments } = withDeployments();
  const withCpu = (cpu: string) => {
    const container = [{ name: "acr-app2", image: IMAGE, resources: [{ limits: { cpu } }] }];
    return config(IMAGE, {}, { container });
  };
  const state = await deployments.create(withCpu("1000m"));
  expect(state).toMatchObject({
    spec: [{ template: [{ spec: [{ container: [{ resources: [{ limits: { cpu: "1" } }] }] }] }] }],
  });
  expect(await deployments.drift(state)).toEqual([]);
});

test("replicas that others changed are seen", async () => {
  const { deployments, cluster } = withDeployments();
  const state = await deployments.create(config());
  const now = cluster.deployments.get("default", "acr-app2");
  if (now) cluster.replaceDeployment({ ...now, spec: { ...now.spec, replicas: 3 } });
  expect(await deployments.read(state)).toMatchObject({ spec: [{ replicas: "3" }] });
});

test("a deleted Deployment is gone with its pods", async () => {
  const { deployments, cluster } = withDeployments();
  const state = await deployments.create(config());
  await deployments.delete(state);
  expect(await deployments.read(state)).toBeUndefined();
  expect(cluster.pods).toEqual([]);
});
