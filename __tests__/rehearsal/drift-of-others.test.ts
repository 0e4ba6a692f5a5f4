import type { Environment } from "../../config";
import type { Objects } from "../../rehearsal/clouds/kubernetes/objects";
import type { NewObject } from "../../rehearsal/clouds/kubernetes/api-object";
import { environmentFrom } from "../support/environment";
import { describeWithTools } from "../support/tools";
import { rehearsalOf } from "./rehearsals";

const environment = (more: string, digit = "1"): Environment =>
  environmentFrom(`
registry: { name: shopregistry, resourceGroup: shop-rg, existing: true }
images: { web: { repository: web, prebuilt: "sha256:${digit.repeat(64)}" } }
clusters: { one: { kubeconfig: {}, loadBalancers: false, pull: { servicePrincipal: {} } } }
workloads: { web: { image: web, clusters: [one], namespace: shop, port: 8080, ${more} } }
`);

/** Somebody else's label and annotation on every object of a kind. */
function mark(objects: Objects<NewObject>): void {
  for (const object of objects.values()) {
    const { labels, annotations } = object.metadata;
    const metadata = {
      ...object.metadata,
      labels: { ...labels, "contoso.com/team": "shop" },
      annotations: { ...annotations, "contoso.com/owner": "team@contoso.com" },
    };
    objects.replace({ ...object, metadata });
  }
}

describeWithTools(["terraform"], "what others have done to a deployment", () => {
  const rehearsal = rehearsalOf({ environment: environment("") });
  const workload = () => rehearsal.stack("-workload-one");
  const cluster = () => {
    const [one] = rehearsal.clouds.clusters;
    if (!one) throw new Error("no cluster");
    return one;
  };
  const deployment = () => cluster().deployments.require("shop", "web");
  const marked = () =>
    [
      cluster().namespaces,
      cluster().secrets,
      cluster().services,
      cluster().deployments,
    ] as unknown as Objects<NewObject>[];

  it("is no drift: labels, annotations, a restart, and the number of pods", async () => {
    await rehearsal.deploy();
    expect(deployment().spec.replicas).toBe(1);
    marked().forEach(mark);
    const { spec, metadata } = deployment();
    const template = {
      ...spec.template,
      metadata: { ...spec.template.metadata, annotations: { "kubectl.kubernetes.io/restartedAt": "2026-01-31" } },
    };
    cluster().replaceDeployment({ metadata, spec: { ...spec, replicas: 6, template } });
    await workload().assertNoChanges();
  });

  it("stays with the next release", async () => {
    rehearsal.resynthesize(environment("", "2"));
    await workload().init();
    expect((await workload().plan()).map(({ action }) => action)).toEqual(["update"]);
    await workload().apply();
    expect(deployment().spec).toMatchObject({
      replicas: 6,
      template: { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": "2026-01-31" } } },
    });
    for (const objects of marked()) {
      for (const { metadata } of objects.values())
        expect(metadata.annotations).toMatchObject({ "contoso.com/owner": "team@contoso.com" });
    }
    await workload().assertNoChanges();
  });

  it("counts where the file says a number", async () => {
    rehearsal.resynthesize(environment("replicas: 2", "2"));
    await workload().init();
    await workload().plan();
    await workload().apply();
    expect(deployment().spec.replicas).toBe(2);
    rehearsal.resynthesize(environment("replicas: auto", "2"));
    await workload().init();
    await workload().plan();
    await workload().apply();
    expect(deployment().spec.replicas).toBe(2);
    await workload().assertNoChanges();
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });
});

describeWithTools(["terraform"], "a service on a cluster that gives no addresses", () => {
  it("is there without one, run after run, where nobody waits", async () => {
    const rehearsal = rehearsalOf({ environment: environment("expose: LoadBalancer, waitForLoadBalancer: false") });
    await rehearsal.deploy();
    const [cluster] = rehearsal.clouds.clusters;
    const before = cluster?.services.require("shop", "web").metadata.uid;
    await rehearsal.deploy();
    expect(cluster?.services.require("shop", "web").metadata.uid).toBe(before);
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });
});
