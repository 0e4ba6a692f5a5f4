import type { AksCluster } from "./arm";
import { Arm } from "./arm";
import { clusterId, groupId } from "./arm-ids";
import { Clock } from "./clock";

import { DockerEngine } from "./docker-engine";
import { Entra } from "./entra";
import type { Principal } from "./entra-objects";
import { Ids } from "./ids";
import { Cluster, type Kubeconfig } from "./kubernetes/cluster";
import { KINDS } from "./kubernetes/kinds";
import { Kubelet } from "./kubernetes/kubelet";
import { linuxNode, VIRTUAL_NODE, type Node } from "./kubernetes/scheduler";
import { DEFAULT_ACCOUNT } from "./kubernetes/service-accounts";
import { TokenIssuer } from "./kubernetes/token-issuer";
import { ContainerRegistries } from "./registry";
import { RegistryExchange } from "./registry-exchange";
import type { Way } from "./registry-network";
import type { Registry } from "./registry-object";
import { TokenEndpoints } from "./token-endpoints";

export interface ClusterRequest {
  /** Its name here; where nothing else is said, the name of its kubeconfig context too. */
  readonly context: string;
  /** How kubeconfig files lead to it. @default - by the context of its name, in every file */
  readonly kubeconfigs?: readonly Kubeconfig[] | undefined;
  /** The AKS cluster that it is; its resource group is there too. @default - a cluster outside Azure */
  readonly aks?: AksRequest | undefined;
  /** @default false */
  readonly virtualNodes?: boolean | undefined;
  /** Of its node pools, as in images. @default amd64 alone */
  readonly architectures?: readonly string[] | undefined;
  /** Whether services of type LoadBalancer get an address. @default true */
  readonly loadBalancers?: boolean | undefined;
  /** Object id of the kubelet's managed identity. @default - made up in AKS, none elsewhere */
  readonly kubeletObjectId?: string | undefined;
  /** `iss` of its service account tokens. @default - made up */
  readonly issuer?: string | undefined;
  /** How its nodes reach registries. @default - as everybody on the internet */
  readonly way?: Way | undefined;
}

export interface AksRequest {
  readonly name: string;
  readonly resourceGroup: string;
  /** @default - that of everything else */
  readonly tenantId?: string | undefined;
  /** @default - the first of the tenant */
  readonly subscriptionId?: string | undefined;
}

export interface CloudsOptions {
  /** Where the clock starts. */
  readonly now: Date;
  /** Subscriptions of the tenant; pre-existing objects lie in the first. @default - one of zeros */
  readonly subscriptionIds?: readonly [string, ...string[]] | undefined;
  /** @default - made up */
  readonly tenantId?: string | undefined;
  /** Clusters that exist before the deployment. @default - none */
  readonly clusters?: readonly ClusterRequest[] | undefined;
}

/** Everything outside Terraform: one tenant, its subscriptions, a Docker engine and some Kubernetes clusters. */
export class Clouds {
  readonly clock: Clock;
  readonly ids = new Ids();
  readonly entra: Entra;
  readonly arm: Arm;
  readonly registries: ContainerRegistries;
  readonly docker: DockerEngine;
  /** Where tokens are exchanged. */
  readonly endpoints: TokenEndpoints;
  readonly clusters: Cluster[] = [];
  private given = new Set<string>();

  constructor(options: CloudsOptions) {
    const { ids } = this;
    this.clock = new Clock(options.now);
    this.entra = new Entra(this.clock, ids, {
      tenantId: options.tenantId ?? ids.uuid("tenant"),
      caller: { clientId: ids.uuid("caller/client"), objectId: ids.uuid("caller/object") },
    });
    const subscriptionIds = options.subscriptionIds ?? ["00000000-0000-0000-0000-000000000000"];
    this.arm = new Arm(this.clock, ids, this.entra, [...subscriptionIds]);
    const exchange = new RegistryExchange(ids);
    this.registries = new ContainerRegistries(
      this.arm.registries,
      this.arm.roles,
      this.entra,
      this.clock,
      exchange,
      this.arm.vaults,
    );
    this.docker = new DockerEngine(this.registries);
    this.endpoints = new TokenEndpoints(this.entra, this.registries);
    this.entra.findIssuer = (url) =>
      this.clusters.map(({ issuer }) => issuer).find((one) => one.url === url && one.isPublished)?.documents;
    for (const request of options.clusters ?? []) this.addCluster(request, subscriptionIds[0]);
    this.takeAsGiven();
  }

  /** Counts what exists now as there before the deployment: `leftovers` leaves it out from here on. */
  takeAsGiven(): void {
    this.given = new Set(this.inventory());
  }

  /** Counts what `add` makes as somebody else's: `leftovers` leaves it out. */
  give<T>(add: () => T): T {
    const before = new Set(this.inventory());
    const result = add();
    for (const object of this.inventory()) if (!before.has(object)) this.given.add(object);
    return result;
  }

  /** What the deployment made and did not remove. Local images and pushed manifests are no part of it. */
  leftovers(): string[] {
    return this.inventory().filter((object) => !this.given.has(object));
  }

  isEmpty(): boolean {
    return this.leftovers().length === 0;
  }

  /** Every password generated so far: what must appear in no output. */
  secrets(): readonly string[] {
    return this.ids.passwords;
  }

  /** @param subscriptionId Of an AKS cluster that names none. */
  addCluster(request: ClusterRequest, subscriptionId: string): Cluster {
    const {
      context,
      kubeconfigs,
      aks,
      architectures = ["amd64"],
      virtualNodes,
      kubeletObjectId,
      loadBalancers,
      issuer,
      way,
    } = request;
    const identity =
      aks || kubeletObjectId ? this.entra.createManagedIdentity(`${context}-agentpool`, kubeletObjectId) : undefined;
    const azure =
      aks && identity && this.addAks({ ...aks, subscriptionId: aks.subscriptionId ?? subscriptionId }, identity);
    const tokens = new TokenIssuer(issuer ?? azure?.issuer ?? `https://kubernetes.default.svc/${context}`, context);
    const host = azure?.host ?? `https://${context}.example.internal:6443`;
    const nodes = nodesOf(architectures, virtualNodes);
    const kubelet = new Kubelet(this.registries, this.clock, identity?.objectId, way);
    const options = { context, kubeconfigs, host, nodes, loadBalancers, issuer: tokens };
    const cluster = new Cluster(options, this.ids, this.clock, kubelet);
    this.clusters.push(cluster);
    return cluster;
  }

  /** What somebody else has come to expect of a cluster that is there. */
  extendCluster(
    cluster: Cluster,
    { architectures = [], virtualNodes, kubeletObjectId, way }: Omit<ClusterRequest, "context">,
  ): void {
    cluster.addNodes(nodesOf(architectures, virtualNodes));
    if (way) cluster.reachBy(way);
    if (kubeletObjectId === undefined) return;
    if (!this.entra.principals.has(kubeletObjectId))
      this.entra.createManagedIdentity(`${cluster.context}-agentpool`, kubeletObjectId);
    cluster.identify(kubeletObjectId);
  }

  private addAks(request: AksRequest & { readonly subscriptionId: string }, kubelet: Principal): AksCluster {
    const { name, resourceGroup, subscriptionId, tenantId = this.entra.tenantId } = request;
    const location = "centralus";
    if (!this.arm.groups.get(groupId(subscriptionId, resourceGroup))) {
      this.arm.createGroup(subscriptionId, resourceGroup, location);
    }
    const certificate = `-----BEGIN CERTIFICATE-----\n${this.ids.hex(`ca/${name}`)}\n-----END CERTIFICATE-----\n`;
    return this.arm.clusters.add({
      id: clusterId(subscriptionId, resourceGroup, name),
      name,
      resourceGroup,
      location,
      tenantId,
      host: `https://${name}-dns-${this.ids.hex(`dns/${name}`).slice(0, 8)}.hcp.${location}.azmk8s.io:443`,
      caCertificate: Buffer.from(certificate).toString("base64"),
      kubelet,
      issuer: `https://${location}.oic.prod-aks.azure.com/${tenantId}/${this.ids.uuid(`issuer/${name}`)}/`,
    });
  }

  private inventory(): string[] {
    const { arm, entra, clusters } = this;
    return [
      ...[...arm.groups.values(), ...arm.registries.values(), ...arm.vaults.values(), ...arm.clusters.values()],
      ...[...arm.others.values(), ...arm.locks.values(), ...arm.roles.all()],
    ]
      .map(({ id }) => id)
      .concat(arm.registries.values().flatMap(childrenOf))
      .concat(arm.vaults.values().flatMap((vault) => vault.secretNames().map((name) => vault.secretUrl(name))))
      .concat([...entra.applications.keys()].map((id) => `/applications/${id}`))
      .concat([...entra.principals.keys()].map((id) => `/servicePrincipals/${id}`))
      .concat(clusters.flatMap(contentOf));
  }
}

/** @returns New clouds, which hold the given clusters and nothing else. */
export function createClouds(options: CloudsOptions): Clouds {
  return new Clouds(options);
}

function nodesOf(architectures: readonly string[], virtualNodes = false): Node[] {
  return [...architectures.map(linuxNode), ...(virtualNodes ? [VIRTUAL_NODE] : [])];
}

function childrenOf({ id, scopeMaps, tokens, cacheRules }: Registry): string[] {
  return [
    ...[...cacheRules.keys()].map((name) => `${id}/cacheRules/${name}`),
    ...[...scopeMaps.keys()].map((name) => `${id}/scopeMaps/${name}`),
    ...[...tokens.keys()].map((name) => `${id}/tokens/${name}`),
  ];
}

function contentOf({ context, api }: Cluster): string[] {
  return [api.namespaces, ...api.namespaced].flatMap((kind) =>
    // Default accounts are Kubernetes' own, and go with their namespaces.
    kind
      .values()
      .filter(({ metadata }) => kind.kind !== KINDS.serviceAccount || metadata.name !== DEFAULT_ACCOUNT)
      .map(({ metadata }) => `${context}: ${kind.kind.plural} ${metadata.namespace ?? ""}/${metadata.name}`),
  );
}
