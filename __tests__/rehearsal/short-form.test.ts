import type { Deployment } from "../../rehearsal/clouds/kubernetes/api-object";
import { environmentFrom } from "../support/environment";
import { describeWithTools } from "../support/tools";
import { rehearsalOf } from "./rehearsals";

const RESTARTED_AT = { "kubectl.kubernetes.io/restartedAt": "2026-01-31T13:00:00Z" };

/** A worker in a namespace that somebody else has made, and with `made` in one that is made here. */
const environment = (settings: string, namespace: "theirs" | "made" = "theirs") =>
  environmentFrom(`
registry: { name: shopregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { app: { repository: shop/app, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters: { one: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
namespaces: { theirs: { existing: true, clusters: [one] } }
workloads: { app: { image: app, clusters: [one], namespace: ${namespace}, ${settings} } }
`);

const failureOf = (deployed: Promise<void>) =>
  deployed.then(
    () => "",
    (error: unknown) => String(error),
  );

describeWithTools(["terraform"], "a worker", () => {
  it.each([
    ["a secret", "env: { DB: { secret: db, key: url } }", 'secret "db" not found'],
    ["a config map", "env: { MODE: { configMap: settings, key: mode } }", 'configmap "settings" not found'],
  ])("waits for %s that nobody has made yet, and the rehearsal says so", async (_title, settings, words) => {
    expect(await failureOf(rehearsalOf({ environment: environment(settings) }).deploy())).toBe("");
    expect(await failureOf(rehearsalOf({ environment: environment(settings, "made") }).deploy())).toMatch(
      new RegExp(`kubernetes_deployment_v1.*Failed: Error: ${words}\nCreateContainerConfigError: ${words}$`, "s"),
    );
  });

  it("keeps what a restart by hand has left on its pods, and changes its own annotations", async () => {
    const rehearsal = rehearsalOf({ environment: environment("podAnnotations: { team: a }") });
    await rehearsal.deploy();
    const [cluster] = rehearsal.clouds.clusters;
    const annotations = () => cluster?.deployments.get("theirs", "app")?.spec.template.metadata?.annotations;
    const { metadata, spec } = cluster?.deployments.require("theirs", "app") as Deployment;
    const restarted = { ...spec.template.metadata, annotations: { ...annotations(), ...RESTARTED_AT } };
    cluster?.replaceDeployment({ metadata, spec: { ...spec, template: { ...spec.template, metadata: restarted } } });
    await rehearsal.stack("-workload-one").assertNoChanges();

    rehearsal.resynthesize(environment("podAnnotations: { team: b }"));
    await rehearsal.deploy();
    expect(annotations()).toEqual({ team: "b", ...RESTARTED_AT });
  });
});
