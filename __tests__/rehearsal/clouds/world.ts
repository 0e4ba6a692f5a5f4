import type { Clouds } from "../../../rehearsal/clouds";
import { createClouds } from "../../../rehearsal/clouds";
import { groupId } from "../../../rehearsal/clouds/arm-ids";
import type { Cluster } from "../../../rehearsal/clouds/cluster";
import type { Password, Principal } from "../../../rehearsal/clouds/entra-objects";
import type { Container, Deployment, PodTemplate, Secret } from "../../../rehearsal/clouds/kubernetes-objects";
import { PULL_SECRET_KEY, PULL_SECRET_TYPE } from "../../../rehearsal/clouds/pull-secrets";
import type { Registry, RegistryRequest } from "../../../rehearsal/clouds/registry-object";

export const SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
export const GROUP = groupId(SUBSCRIPTION, "acr-rg2");
export const HOST = "acrdemo2ss.azurecr.io";
export const REPOSITORY = "app2/acr-app2";
export const IMAGE = `${HOST}/${REPOSITORY}:v1`;
export const DIGEST = `sha256:${"ab".repeat(32)}`;
export const DAY_MS = 24 * 60 * 60 * 1000;

export function registryRequest(overrides: Partial<RegistryRequest> = {}): RegistryRequest {
  return {
    subscriptionId: SUBSCRIPTION,
    resourceGroup: "acr-rg2",
    name: "acrdemo2ss",
    location: "centralus",
    sku: "Basic",
    adminEnabled: false,
    anonymousPullEnabled: false,
    publicNetworkAccess: true,
    hasNetworkRules: false,
    tags: {},
    ...overrides,
  };
}

/** The tutorial's end state: a registry with an image, a principal that may pull it, and a cluster. */
export interface World {
  readonly clouds: Clouds;
  readonly registry: Registry;
  readonly principal: Principal;
  readonly password: Password;
  readonly cluster: Cluster;
}

export function emptyClouds(): Clouds {
  return createClouds({ now: new Date("2026-01-01T00:00:00Z"), clusters: [{ context: "aksdemo2" }] });
}

export function createWorld(): World {
  const clouds = emptyClouds();
  clouds.arm.createGroup(SUBSCRIPTION, "acr-rg2", "centralus");
  const registry = clouds.arm.createRegistry(registryRequest());
  clouds.registries.push(HOST, REPOSITORY, "v1", DIGEST);
  const application = clouds.entra.createApplication("acr-sp-demo", []);
  const principal = clouds.entra.createServicePrincipal(application.clientId, []);
  const password = clouds.entra.addPassword(application.objectId, "slot-0");
  clouds.arm.roles.assign({ scope: registry.id, roleName: "AcrPull", principalId: principal.objectId });
  return { clouds, registry, principal, password, cluster: first(clouds.clusters) };
}

export function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("expected one item at least, got none");
  return item;
}

/** What `kubectl create secret docker-registry` writes. */
export function dockerConfig(server: string, username: string, password: string): string {
  const auth = Buffer.from(`${username}:${password}`).toString("base64");
  return JSON.stringify({ auths: { [server]: { username, password, auth } } });
}

export function pullSecret(text: string, overrides: Partial<Secret> = {}): Secret {
  return {
    namespace: "default",
    name: "acr-secret",
    labels: {},
    annotations: {},
    type: PULL_SECRET_TYPE,
    data: { [PULL_SECRET_KEY]: text },
    immutable: false,
    ...overrides,
  };
}

/** The pull secret of the world's principal. */
export function goodSecret({ principal, password }: World): Secret {
  return pullSecret(dockerConfig(HOST, principal.clientId, password.secret));
}

export function template(overrides: Partial<PodTemplate> = {}, container: Partial<Container> = {}): PodTemplate {
  return {
    labels: { app: "acr-app2" },
    annotations: {},
    containers: [{ name: "acr-app2", image: IMAGE, securityContext: {}, ...container }],
    imagePullSecrets: ["acr-secret"],
    nodeSelector: {},
    tolerations: [],
    securityContext: {},
    ...overrides,
  };
}

export function deployment(overrides: Partial<Deployment> = {}): Deployment {
  return {
    namespace: "default",
    name: "acr-app2",
    labels: {},
    annotations: {},
    replicas: 1,
    selector: { app: "acr-app2" },
    template: template(),
    ...overrides,
  };
}
