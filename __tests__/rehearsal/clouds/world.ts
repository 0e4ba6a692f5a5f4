import type { Clouds } from "../../../rehearsal/clouds";
import { createClouds } from "../../../rehearsal/clouds";
import { groupId } from "../../../rehearsal/clouds/arm-ids";
import type { Cluster } from "../../../rehearsal/clouds/kubernetes/cluster";
import type { Password, Principal } from "../../../rehearsal/clouds/entra-objects";
import type { Container, Deployment, PodSpec, Secret, Stored } from "../../../rehearsal/clouds/kubernetes/api-object";
import { PULL_SECRET_KEY, PULL_SECRET_TYPE } from "../../../diagnosis/pull-secret";
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

export function pullSecret(
  text: string,
  { name = "acr-secret", ...overrides }: Partial<Secret> & { name?: string } = {},
): Secret {
  return {
    metadata: { namespace: "default", name },
    type: PULL_SECRET_TYPE,
    data: { [PULL_SECRET_KEY]: text },
    ...overrides,
  };
}

/** A secret as an API server has it. */
export function stored(secret: Secret): Stored<Secret> {
  const server = { uid: `uid of ${secret.metadata.name}`, resourceVersion: "1", creationTimestamp: "" };
  return { ...secret, apiVersion: "v1", kind: "Secret", metadata: { ...secret.metadata, ...server } };
}

/** The pull secret of the world's principal. */
export function goodSecret({ principal, password }: World): Secret {
  return pullSecret(dockerConfig(HOST, principal.clientId, password.secret));
}

export interface DeploymentOptions {
  readonly namespace?: string;
  readonly name?: string;
  readonly replicas?: number;
  readonly selector?: Readonly<Record<string, string>>;
  /** Names of pull secrets. @default - acr-secret */
  readonly secrets?: readonly string[];
  readonly pod?: Partial<PodSpec>;
  readonly container?: Partial<Container>;
  /** Of the pods. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Partial<Deployment["spec"]>;
}

/** The tutorial's Deployment, with what a test is about. */
export function deployment(options: DeploymentOptions = {}): Deployment {
  const { namespace = "default", name = "acr-app2", replicas = 1, selector = { app: "acr-app2" } } = options;
  const { secrets = ["acr-secret"], pod, container, annotations, spec } = options;
  return {
    metadata: { namespace, name },
    spec: {
      replicas,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: { app: "acr-app2" }, ...(annotations && { annotations }) },
        spec: {
          containers: [{ name: "acr-app2", image: IMAGE, ...container }],
          imagePullSecrets: secrets.map((secret) => ({ name: secret })),
          ...pod,
        },
      },
      ...spec,
    },
  };
}
