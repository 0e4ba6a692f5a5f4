import type { Connection, Environment, Pull, Registry } from "../../config";
import type { Delivery, Image, Rotation } from "../../config/environment";
import { assertNever } from "../../config/never";
import { pullRole } from "../../config/roles";
import { counted } from "../counted";

/** How a cluster pulls, in words. What others write is as they wrote it. */
export interface PullWords {
  /** What proves who it is: the name of it, where it has one. */
  readonly name: string;
  /** What that is: the same for all clusters that pull alike. */
  readonly kind: string;
  /** In the plural. */
  readonly kinds: string;
  readonly lines: readonly string[];
  /** What the cluster gets. */
  readonly credential: string;
  /** Its role on the registry. @default - none that is made here */
  readonly role?: string;
}

export function pullWords(pull: Pull, registry: Registry): PullWords {
  switch (pull.kind) {
    case "servicePrincipal":
      return {
        ...{ name: pull.name.text, kind: "service principal", kinds: "service principals" },
        lines: [passwords(pull.rotation)],
        credential: delivered(pull.delivery),
        role: pull.role?.text ?? pullRole(registry),
      };
    case "registryToken":
      return {
        ...{ name: pull.name, kind: "set of registry tokens", kinds: "sets of registry tokens" },
        lines: [passwords(pull.rotation)],
        credential: delivered(pull.delivery),
        role: "scope map",
      };
    case "managedIdentity":
      return {
        ...{ name: "identity of the nodes", kind: "managed identity", kinds: "managed identities" },
        lines: ["no secret, nothing to rotate"],
        credential: "nodes sign in",
        role: pullRole(registry),
      };
    case "federated":
      return {
        ...{ name: pull.name.text, kind: "federated service principal", kinds: "federated service principals" },
        lines: ["no password, nothing to rotate"],
        credential: `token by ${pull.controller === "acrPull" ? "msi-acrpull" : "External Secrets"}`,
        role: pull.role?.text ?? pullRole(registry),
      };
    case "existingSecret":
      return {
        ...{ name: pull.name, kind: "secret of others", kinds: "secrets of others" },
        lines: ["somebody else keeps it"],
        credential: "secret",
      };
    default:
      return assertNever(pull);
  }
}

function passwords({ slots, periodDays }: Rotation): string {
  return `${slots} passwords, a new one every ${periodDays} days`;
}

function delivered(delivery: Delivery): string {
  return delivery.kind === "keyVault" ? "password by key vault" : "password";
}

/** How an image comes into the registry. */
export function originWords({ origin, repository }: Image, { cacheRules = {} }: Registry): string {
  const isCached = Object.values(cacheRules).some((rule) => covers(rule.repository, repository));
  const source = isCached ? "cached from elsewhere" : "pushed by others";
  switch (origin.kind) {
    case "docker":
      return "built here by Docker";
    case "acrTask":
      return "built by the registry";
    case "prebuilt":
      return source;
    case "tagged":
      return `${source}, ${origin.pin ? "pinned by plans" : "by its tag alone"}`;
    default:
      return assertNever(origin);
  }
}

/** @param pattern Of a cache rule: a repository, or all below one, as `docker/*`. */
export function covers(pattern: string, repository: string): boolean {
  return pattern.endsWith("*") ? repository.startsWith(pattern.slice(0, -1)) : repository === pattern;
}

/** What follows a repository, for people. */
export function tagWords({ repository, origin }: Image): string {
  return origin.tag === undefined ? repository : `${repository}:${origin.tag}`;
}

/** What pods are told to run: a digest, or whatever a tag means when they start. */
export function referenceWords({ origin }: Image): "digest" | "tag" {
  return origin.kind === "tagged" && !origin.pin ? "tag" : "digest";
}

export function registryWords({ registry }: Pick<Environment, "registry">): string[] {
  const { name: group } = registry.resourceGroup;
  const place = `in resource group ${group}`;
  if (registry.kind === "adopted") return ["adopted", place];
  const replicas = registry.georeplications?.length ?? 0;
  return [
    `${registry.sku}, ${registry.location}${replicas > 0 ? ` and ${counted(replicas, "replica")}` : ""}`,
    place,
    ...(registry.publicAccess === false ? ["not reachable from the internet"] : []),
  ];
}

/** How a cluster is reached, as short as can be. */
export function connectionWords(connection: Connection): string {
  switch (connection.kind) {
    case "kubeconfig":
      return `context ${connection.context.text}`;
    case "aks":
      return `AKS ${connection.resourceGroup}/${connection.name}`;
    default:
      return assertNever(connection);
  }
}
