import { KINDS } from "../../../../rehearsal/clouds/kubernetes/kinds";
import type { ServiceAccount } from "../../../../rehearsal/clouds/kubernetes/service-accounts";
import { resource, setUp } from "../harness";

const WANTED = { metadata: [{ namespace: "default" }], image_pull_secret: [{ name: "pull" }] };

function accounts() {
  const { clouds, providers } = setUp();
  const type = resource(providers.kubernetes, "kubernetes_default_service_account_v1");
  const real = () => clouds.clusters[0]?.api.of<ServiceAccount>(KINDS.serviceAccount).get("default", "default");
  return { type, real, clouds };
}

test("creating it changes the account that is there", async () => {
  const { type, real } = accounts();
  const before = real()?.metadata.uid;
  expect(await type.create(WANTED)).toMatchObject({ id: "default/default", metadata: [{ name: "default" }] });
  expect(real()).toMatchObject({ metadata: { uid: before }, imagePullSecrets: [{ name: "pull" }] });
});

test("it is anew without secrets when it is deleted", async () => {
  const { type, real, clouds } = accounts();
  await type.delete(await type.create(WANTED));
  expect(real()).toMatchObject({ metadata: { name: "default" } });
  expect(real()?.imagePullSecrets).toBeUndefined();
  expect(clouds.leftovers()).toEqual([]);
});
