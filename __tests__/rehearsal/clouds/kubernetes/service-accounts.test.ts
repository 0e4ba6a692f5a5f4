import type { PodSpec } from "../../../../rehearsal/clouds/kubernetes/api-object";
import { KINDS } from "../../../../rehearsal/clouds/kubernetes/kinds";
import type { ServiceAccount } from "../../../../rehearsal/clouds/kubernetes/service-accounts";
import { createWorld, goodSecret, IMAGE } from "../world";

/** Starts a pod of others in the namespace `default`, whose account `builder` has the good secret. */
function tryPod(spec: Omit<PodSpec, "containers">): string[] {
  const world = createWorld();
  const { cluster } = world;
  const { metadata } = cluster.secrets.create(goodSecret(world));
  cluster.api.of<ServiceAccount>(KINDS.serviceAccount).create({
    metadata: { namespace: "default", name: "builder" },
    imagePullSecrets: [{ name: metadata.name }],
  });
  return cluster.tryPod("default", "probe", { ...spec, containers: [{ name: "probe", image: IMAGE }] });
}

test("a pod that names no secrets pulls by those of its account", () => {
  expect(tryPod({ serviceAccountName: "builder" })).toEqual([]);
});

test("a pod that names no account has that of its namespace", () => {
  expect(tryPod({}).join()).toMatch(/failed to fetch anonymous token/);
});

test("a pod that names a secret gets none of its account", () => {
  expect(tryPod({ serviceAccountName: "builder", imagePullSecrets: [{ name: "other" }] }).join()).toMatch(
    /secret "other" not found in namespace "default"/,
  );
});

test("a pod of an account that is not there is not let in", () => {
  expect(tryPod({ serviceAccountName: "nobody" })).toEqual([
    expect.stringMatching(
      /^Pod probe: FailedCreate: Error creating: pods "probe" is forbidden: error looking up service account default\/nobody: serviceaccount "nobody" not found$/,
    ),
    expect.stringMatching(/^FailedCreate: pods "probe"/),
  ]);
});

test("a pod that was tried out is gone", () => {
  const { cluster } = createWorld();
  cluster.tryPod("default", "probe", { containers: [{ name: "probe", image: IMAGE }] });
  expect(cluster.pods).toEqual([]);
});
