import { modeLabel } from "../../../../rehearsal/clouds/kubernetes/pod-security";
import { CloudError, type Attributes } from "../../../../rehearsal/sdk/model";
import { DIGEST, HOST, IMAGE, registryRequest, REPOSITORY, SUBSCRIPTION } from "../../clouds/world";
import { resource, setUp } from "../harness";

const LABELS = { app: "web" };

function config(spec: Attributes = {}, pod: Attributes = {}, image = IMAGE): Attributes {
  const template = [{ metadata: [{ labels: LABELS }], spec: [{ container: [{ name: "web", image }], ...pod }] }];
  return {
    metadata: [{ name: "web", namespace: "default" }],
    spec: [{ selector: [{ match_labels: LABELS }], template, ...spec }],
  };
}

function withType(type: string) {
  const world = setUp();
  const { arm, registries } = world.clouds;
  arm.createGroup(SUBSCRIPTION, "acr-rg2", "centralus");
  arm.createRegistry(registryRequest({ sku: "Standard", anonymousPullEnabled: true }));
  registries.push(HOST, REPOSITORY, "v1", DIGEST);
  const cluster = world.clouds.clusters[0];
  if (!cluster) throw new Error("no cluster");
  return { ...world, cluster, objects: resource(world.providers.kubernetes, type) };
}

const STATEFUL = { service_name: "web", replicas: "2" };
const MISSING = `${HOST}/${REPOSITORY}:v2`;

test.each<[string, Attributes, string[]]>([
  ["kubernetes_stateful_set_v1", config(STATEFUL), ["web-0", "web-1"]],
  ["kubernetes_daemon_set_v1", config(), [expect.stringMatching(/^web-\w+$/) as string]],
  [
    "kubernetes_job_v1",
    { ...config({ selector: [] }, { restart_policy: "Never" }), wait_for_completion: true },
    [expect.stringMatching(/^web-\w+$/) as string],
  ],
])("%s gets its pods, is read back as it is, and is deleted with them", async (type, wanted, names) => {
  const { objects, cluster } = withType(type);
  const state = await objects.create(wanted);
  expect(state.id).toBe("default/web");
  expect(cluster.pods.map(({ name }) => name)).toEqual(names);
  expect(await objects.drift(state)).toEqual([]);
  await objects.delete(state);
  expect([cluster.pods, await objects.read(state)]).toEqual([[], undefined]);
});

test.each<[string, Attributes, string]>([
  ["kubernetes_stateful_set_v1", config(STATEFUL, {}, MISSING), "StatefulSet default/web is not finished rolling out"],
  ["kubernetes_daemon_set_v1", config({}, {}, MISSING), "waiting for rollout to finish: 1 pods desired; 0 pods ready"],
  [
    "kubernetes_job_v1",
    { ...config({ selector: [] }, { restart_policy: "Never" }, MISSING), wait_for_completion: true },
    "job: default/web is not in complete state",
  ],
])("%s whose image is missing says so, and the cause is handed on", async (type, wanted, message) => {
  const failure = await withType(type)
    .objects.create(wanted)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CloudError);
  expect(failure).toMatchObject({
    message,
    causes: expect.arrayContaining([expect.stringContaining('manifest tagged by "v2" is not found')]) as string[],
    partialState: { id: "default/web" },
  });
});

test("a namespace that enforces `restricted` refuses their pods too", async () => {
  const { objects, cluster } = withType("kubernetes_stateful_set_v1");
  cluster.namespaces.replace({ metadata: { name: "default", labels: { [modeLabel("enforce")]: "restricted" } } });
  const failure = await objects.create(config(STATEFUL)).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    causes: expect.arrayContaining([
      expect.stringMatching(
        /^StatefulSet web: FailedCreate: Error creating: pods "web-0" is forbidden: violates PodSecu/,
      ),
    ]) as string[],
  });
});

test("a StatefulSet keeps no revisions where none are asked for, as the provider sends 0", async () => {
  const { objects, cluster } = withType("kubernetes_stateful_set_v1");
  await objects.create(config(STATEFUL));
  const [object] = cluster.api.namespaced
    .filter(({ kind }) => kind.kind === "StatefulSet")
    .flatMap((kind) => kind.values());
  expect(object).toMatchObject({ spec: { revisionHistoryLimit: 0 } });
});
