/** How a cache may sign in to a registry of others. */
type Login = "wanted" | "possible" | "impossible";

/**
 * The registries that a cache fetches from, by host or by the end of it:
 * https://learn.microsoft.com/azure/container-registry/artifact-cache-overview#upstream-support
 * Docker Hub without a login serves Azure's addresses a few images an hour. `dhi.io`: https://github.com/Azure/acr/issues/893
 */
const UPSTREAMS: Readonly<Record<string, Login>> = {
  "docker.io": "wanted",
  "dhi.io": "wanted",
  "mcr.microsoft.com": "impossible",
  "public.ecr.aws": "impossible",
  "ghcr.io": "possible",
  "quay.io": "possible",
  "registry.k8s.io": "possible",
  "nvcr.io": "possible",
  "gcr.io": "possible",
  ".gcr.io": "possible",
  ".pkg.dev": "possible",
};

/** As messages list them. */
export const UPSTREAM_HOSTS = Object.keys(UPSTREAMS)
  .map((host) => host.replace(/^\./, "*."))
  .join(", ");

/** @returns Undefined for a host that no cache fetches from. */
export function upstreamLogin(host: string): Login | undefined {
  return Object.entries(UPSTREAMS).find(([known]) =>
    known.startsWith(".") ? host.endsWith(known) : host === known,
  )?.[1];
}
