import type { Environment } from "../../../config";
import { environmentFrom } from "../../support/environment";

const PULL = "{ kubeconfig: { context: aksdemo2 }, pull: { servicePrincipal: { name: acr-sp-demo } } }";
const PREBUILT = `prebuilt: "sha256:${"1".repeat(64)}"`;

/** An adopted registry that grants by repository. */
export function adopted(): Environment {
  return environmentFrom(`
registry: { name: acrdemo2ss, resourceGroup: acr-rg2, existing: true, repositoryPermissions: true }
images: { app: { repository: team-a/web, ${PREBUILT} } }
clusters: { aksdemo2: ${PULL} }
workloads: { acr-app2: { image: app, clusters: [aksdemo2], namespace: default, port: 8080 } }
`);
}

/** A workload for virtual nodes. */
export function virtual(): Environment {
  return environmentFrom(`
registry: { name: acrdemo2ss, resourceGroup: acr-rg2, location: centralus, sku: Basic }
images: { app: { repository: team-a/web, ${PREBUILT} } }
clusters: { aksdemo2: { aks: { name: aksdemo2, resourceGroup: aks-rg }, pull: { servicePrincipal: { name: acr-sp-demo } } } }
workloads: { acr-app2: { image: app, clusters: [aksdemo2], namespace: default, port: 8080, virtualNodes: true } }
`);
}
