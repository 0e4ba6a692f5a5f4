import type { Container } from "../../../../rehearsal/clouds/kubernetes/api-object";
import { KINDS } from "../../../../rehearsal/clouds/kubernetes/kinds";
import { createWorld, goodSecret, IMAGE } from "../world";

/** Starts a pod with these variables where there are a secret `db` with the key `url` and a config map `settings` with `mode`. */
function tryPod(variables: Pick<Container, "env" | "envFrom">): string[] {
  const world = createWorld();
  const { cluster } = world;
  const { name } = cluster.secrets.create(goodSecret(world)).metadata;
  cluster.secrets.create({ metadata: { namespace: "default", name: "db" }, data: { url: "x" } });
  const settings = { metadata: { namespace: "default", name: "settings" }, data: { mode: "x" } };
  cluster.api.of(KINDS.configMap).create(settings);
  const container = { name: "app", image: IMAGE, ...variables };
  return cluster.tryPod("default", "app", { imagePullSecrets: [{ name }], containers: [container] });
}

const secret = (name: string, key: string, optional = false) => ({
  env: [{ name: "DB", valueFrom: { secretKeyRef: { name, key, optional } } }],
});
const configMap = (name: string, key: string) => ({
  env: [{ name: "MODE", valueFrom: { configMapKeyRef: { name, key } } }],
});

test.each([
  ["a value of a secret", secret("db", "url")],
  ["a value of a config map", configMap("settings", "mode")],
  ["a secret that may be missing", secret("none", "url", true)],
  ["all of a secret", { envFrom: [{ secretRef: { name: "db" } }] }],
])("%s is there", (_title, variables) => {
  expect(tryPod(variables)).toEqual([]);
});

// The words of kubelet 1.36: pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables.
test.each([
  ["a secret", secret("none", "url"), 'secret "none" not found'],
  ["a key of a secret", secret("db", "none"), "couldn't find key none in Secret default/db"],
  ["a config map", configMap("none", "mode"), 'configmap "none" not found'],
  ["a key of a config map", configMap("settings", "none"), "couldn't find key none in ConfigMap default/settings"],
  ["all of a config map", { envFrom: [{ configMapRef: { name: "none" } }] }, 'configmap "none" not found'],
])("%s is missing", (_title, variables, message) => {
  expect(tryPod(variables)).toEqual([
    expect.stringMatching(new RegExp(`^Pod app: Failed: Error: ${message}$`)),
    `CreateContainerConfigError: ${message}`,
  ]);
});
