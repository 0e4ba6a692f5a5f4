import { createClouds } from "../../../../rehearsal/clouds";
import type { Attributes } from "../../../../rehearsal/sdk/model";
import { UNKNOWN } from "../../../../rehearsal/sdk/model";
import { createProviders } from "../../../../rehearsal/providers";
import { resource, setUp } from "../harness";

const NAMESPACE = { metadata: [{ name: "web" }] };

test("a context that is in no kubeconfig is named", () => {
  expect(() => setUp().providers.kubernetes.configure?.({ config_context: "other" })).toThrow(
    'Provider configuration: cannot load Kubernetes client config: context "other" does not exist',
  );
});

test("a host that no cluster has is named", () => {
  expect(() => setUp().providers.kubernetes.configure?.({ host: "https://other:443" })).toThrow(
    'Get "https://other:443/api": dial tcp: lookup https://other:443: no such host',
  );
});

test("an AKS cluster is reached by its host", async () => {
  const { clouds, providers } = setUp();
  providers.kubernetes.configure?.({ host: clouds.clusters[0]?.host ?? null });
  await resource(providers.kubernetes, "kubernetes_namespace_v1").create(NAMESPACE);
  expect(clouds.clusters[0]?.namespaces.get("", "web")).toBeDefined();
});

test.each<Attributes>([{}, { host: UNKNOWN }, { config_context: UNKNOWN }])(
  "with %p every call goes to localhost",
  async (config) => {
    const { providers } = setUp();
    providers.kubernetes.configure?.(config);
    await expect(resource(providers.kubernetes, "kubernetes_namespace_v1").create(NAMESPACE)).rejects.toThrow(
      'Get "http://localhost/api": dial tcp [::1]:80: connect: connection refused',
    );
  },
);

test("calls go to the cluster that was configured last", async () => {
  const clusters = [{ context: "one" }, { context: "two" }];
  const clouds = createClouds({ now: new Date("2026-01-01T00:00:00Z"), clusters });
  const { kubernetes } = createProviders(clouds, {});
  kubernetes.configure?.({ config_context: "one" });
  kubernetes.configure?.({ config_context: "two" });
  await resource(kubernetes, "kubernetes_namespace_v1").create(NAMESPACE);
  expect(clouds.leftovers()).toEqual(["two: namespaces /web"]);
});
