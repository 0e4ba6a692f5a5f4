import { environmentFrom } from "../../support/environment";
import type { Environment } from "../../../config";

/** @returns `demo` with so many clusters, of which each runs the same. @param labelsOf As YAML. @default - none has labels */
export function fleetWith(
  count: number,
  {
    labelsOf,
    pullOf = () => "{ servicePrincipal: {} }",
  }: { labelsOf?: (index: number) => string; pullOf?: (index: number) => string } = {},
): Environment {
  const clusters = Array.from({ length: count }, (_, index) => {
    const labels = labelsOf ? `, labels: ${labelsOf(index)}` : "";
    return `  c${index}: { kubeconfig: {}, pull: ${pullOf(index)}${labels} }\n`;
  });
  return environmentFrom(`
registry: { name: fleetregistry, resourceGroup: fleet-rg, location: westeurope, sku: Premium }
images:
  web: { repository: web, tag: v1, build: { docker: { context: docker-manifests } } }
  agent: { repository: agent, tag: v1, build: { docker: { context: docker-manifests } } }
clusters:
${clusters.join("")}workloads:
  web: { image: web, clusters: { matchLabels: {} }, namespace: shop, port: 8080 }
  agent: { image: agent, clusters: [c0], namespace: shop }
`);
}
