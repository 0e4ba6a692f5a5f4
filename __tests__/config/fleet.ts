/** A file whose sections are given in YAML, a line each: registry, defaults, images, clusters, workloads, and what else is given. */
export function fleet(sections: Readonly<Record<string, string>>): string {
  const all = { registry: REGISTRY, defaults: "{}", images: "{}", clusters: "{}", workloads: "{}", ...sections };
  return Object.entries(all)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
}

const REGISTRY = "{ name: acrdemo2ss, resourceGroup: acr-rg2, location: centralus, sku: Basic }";

/** Defaults that are all that a cluster needs. */
export const SHARED = "{ kubeconfig: { path: ~/.kube/fleet }, pull: { servicePrincipal: {} } }";

export const DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
