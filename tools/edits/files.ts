import type { File } from "./edit";

/** What edits begin with, as small as each allows. */

export const DOCKER = { docker: { context: "docker-manifests" } };
export const TASK = { acrTask: { source: "https://github.com/contoso/shop.git", commit: "1".repeat(40) } };
export const PREBUILT = `sha256:${"1".repeat(64)}`;

export const CREATED = { name: "contosoacr01", resourceGroup: "contoso-rg", location: "westeurope", sku: "Premium" };
export const ADOPTED = { name: "contosoacr01", resourceGroup: "contoso-rg", existing: true };

export const PRINCIPAL = { servicePrincipal: {} };
export const TOKEN = { registryToken: {} };
export const NODES = { managedIdentity: { objectId: "0b7a3d1e-5a42-4a5e-9d0f-6a1f7d3c2b10" } };
export const FEDERATED = { federated: { issuer: "https://oidc.example.com/one", controller: "externalSecrets" } };
export const BOUND = { federated: { issuer: "https://oidc.example.com/one", controller: "acrPull" } };
export const EXISTING = { existingSecret: { name: "theirs" } };

/** @returns The id of a resource group of the environment. */
export function groupId(name: string): string {
  return `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/${name}`;
}

/** Nothing but a registry. */
export const REGISTRY: File = { registry: CREATED, images: {}, clusters: {}, workloads: {} };

/** An image that no cluster runs, in somebody else's registry. */
export function image(origin: object, registry: object = ADOPTED): File {
  return { ...REGISTRY, registry, images: { web: { repository: "shop/web", tag: "v1", ...origin } } };
}

/** A workload in a cluster, of an image that others push to somebody else's registry. */
export function workload(pull: object, reached: object = { kubeconfig: {} }): File {
  return {
    ...image({ prebuilt: PREBUILT }),
    clusters: { one: { ...reached, pull } },
    workloads: { web: { image: "web", clusters: ["one"], namespace: "shop", port: 8080 } },
  };
}

/** A workload that nothing but its own stack deploys. */
export const SERVED = workload(EXISTING);

/** Registry, image, identity and workload, all made here. */
export const WHOLE: File = {
  ...workload(PRINCIPAL),
  ...image({ build: DOCKER }, CREATED),
  ...{ clusters: workload(PRINCIPAL).clusters, workloads: SERVED.workloads },
};
