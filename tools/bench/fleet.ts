/** An environment file of so many clusters, each with five workloads in two namespaces. */
export function fleetOf(clusters: number): string {
  const numbers = Array.from({ length: clusters }, (_, index) => index);
  const apps = [0, 1, 2, 3, 4];
  return [
    "registry: { name: fleetregistry, resourceGroup: fleet-rg, location: westeurope, sku: Premium }",
    "images:",
    ...apps.map(
      (n) => `  app${n}: { repository: fleet/app${n}, tag: v1, build: { docker: { context: docker-manifests } } }`,
    ),
    "clusters:",
    ...numbers.map(
      (n) => `  c${n}: { kubeconfig: { context: c${n} }, pull: { servicePrincipal: { name: pull-c${n} } } }`,
    ),
    "workloads:",
    ...apps.map((n) => {
      const all = numbers.map((cluster) => `c${cluster}`).join(", ");
      return `  app${n}: { image: app${n}, clusters: [${all}], namespace: ns${n % 2}, port: 8080, replicas: 2 }`;
    }),
    "",
  ].join("\n");
}
