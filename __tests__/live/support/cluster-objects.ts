import type { TestCluster } from "./api-server";

export const HOST = "contoso.azurecr.io";
export const IMAGE = `${HOST}/shop/web:v1`;
export const SECRET = "contoso-secret";
const NAMESPACE = "/api/v1/namespaces/shop";
const DAY_MS = 24 * 60 * 60 * 1000;

export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().replace(/\.\d+Z/, "Z");
}

/** A pull secret with the annotations of ours. */
export function pullSecret(
  config: object | string,
  { type = "kubernetes.io/dockerconfigjson", ends = 60, applyBefore = 30 } = {},
): object {
  const text = typeof config === "string" ? config : JSON.stringify(config);
  return {
    metadata: {
      name: SECRET,
      annotations: { "acr-pull/expires": inDays(ends), "acr-pull/apply-before": inDays(applyBefore) },
      managedFields: [{ manager: "Terraform", time: "2026-01-02T03:04:05Z" }],
    },
    type,
    data: { ".dockerconfigjson": Buffer.from(text).toString("base64") },
  };
}

export function auths(username: string, password: string, host = HOST): object {
  return { auths: { [host]: { username, password, auth: Buffer.from(`${username}:${password}`).toString("base64") } } };
}

export interface PodState {
  readonly waiting?: { readonly reason: string; readonly message?: string };
  readonly terminated?: { readonly reason: string; readonly message?: string; readonly exitCode: number };
  readonly running?: object;
}

/** A pod of the Deployment `web`. */
export function pod(
  state: PodState,
  {
    image = IMAGE,
    secrets = [SECRET],
    conditions = [],
    lastState = {},
  }: { image?: string; secrets?: string[]; conditions?: object[]; lastState?: PodState } = {},
): object {
  return {
    metadata: { name: "web-1" },
    spec: { containers: [{ name: "web", image }], imagePullSecrets: secrets.map((name) => ({ name })) },
    status: {
      phase: state.running ? "Running" : "Pending",
      conditions,
      containerStatuses: [{ name: "web", image, state, lastState }],
    },
  };
}

export function event(message: string, { reason = "Failed", kind = "Pod", name = "web-1" } = {}): object {
  return { metadata: { name: "e" }, type: "Warning", reason, message, involvedObject: { kind, name } };
}

/** A cluster where all is well, with what else it has, or has not where that is undefined. */
export function cluster(
  secret: object | undefined,
  others: Readonly<Record<string, object | number | undefined>> = {},
): TestCluster {
  const all: Record<string, object | number | undefined> = {
    [NAMESPACE]: { metadata: { name: "shop" } },
    "/api/v1/nodes/one": {
      metadata: { name: "one" },
      status: { nodeInfo: { operatingSystem: "linux", architecture: "amd64" } },
    },
    [`${NAMESPACE}/secrets/${SECRET}`]: secret,
    "/apis/apps/v1/namespaces/shop/deployments/web": {
      metadata: { name: "web" },
      spec: { replicas: 1 },
      status: { readyReplicas: 1, updatedReplicas: 1 },
    },
    [`${NAMESPACE}/pods/web-1`]: pod({ running: {} }),
    ...others,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([path, value]) => (value === undefined ? [] : [[path, value]])),
  );
}

export const PATHS = {
  namespace: NAMESPACE,
  pod: `${NAMESPACE}/pods/web-1`,
  event: `${NAMESPACE}/events/one`,
  deployment: "/apis/apps/v1/namespaces/shop/deployments/web",
  secret: `${NAMESPACE}/secrets/${SECRET}`,
};

/** An environment with these clusters, all of which run `web`. */
export function environmentOf(registry: object, clusters: Readonly<Record<string, object>>): object {
  return {
    registry: { resourceGroup: "rg", existing: true, ...registry },
    images: { web: { repository: "shop/web", tag: "v1", build: { docker: { context: "docker-manifests" } } } },
    clusters: Object.fromEntries(Object.entries(clusters).map(([key, pull]) => [key, { kubeconfig: {}, pull }])),
    workloads: { web: { image: "web", clusters: Object.keys(clusters), namespace: "shop", port: 8080 } },
  };
}
