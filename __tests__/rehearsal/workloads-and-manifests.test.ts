import { load, projectWith } from "../support/environment";
import { describeWithTools } from "../support/tools";
import { rehearsalOf } from "./rehearsals";

const ENVIRONMENT = `
registry: { name: shopregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { app: { repository: shop/app, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters: { one: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
manifests: { shop: { path: k8s, clusters: [one], namespace: shop } }
workloads:
  app:
    image: app
    clusters: [one]
    namespace: shop
    serviceAccount: app
    env: { MODE: { configMap: settings, key: mode }, DB: { secret: db, key: url } }
`;
const MANIFESTS = `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { mode: quick }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: app }
---
apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { url: postgres://db }
`;

describeWithTools(["terraform"], "a workload that refers to what manifests make", () => {
  it("waits for it, in a namespace that is made here", async () => {
    const project = projectWith({ "environments/demo.yaml": ENVIRONMENT, "k8s/shop.yaml": MANIFESTS });
    const [environment] = load(project).environments;
    const rehearsal = rehearsalOf({ environment, projectDirectory: project });
    const text = JSON.stringify(rehearsal.stack("-workload-one").stack.json.resource?.kubernetes_deployment_v1);
    for (const type of ["config_map", "secret", "service_account"]) {
      expect(text).toMatch(new RegExp(`name":"\\$\\{kubernetes_${type}_v1\\.manifests_shop_`));
    }
    await rehearsal.deploy();
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });
});
