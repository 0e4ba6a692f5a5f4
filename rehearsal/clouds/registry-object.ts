import { CloudError } from "../sdk/model";
import { registryId } from "./arm-ids";
import type { Ids } from "./ids";

/** What the caller asks for; what has no effect on a pull is left to the Terraform state. */
export interface RegistryRequest {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly sku: string;
  readonly adminEnabled: boolean;
  readonly anonymousPullEnabled: boolean;
  readonly publicNetworkAccess: boolean;
  readonly hasNetworkRules: boolean;
  /** Ranges that alone are let in from the internet. @default - everyone is */
  readonly allow?: readonly string[] | undefined;
  /** Whether layers have hosts of their own. @default false */
  readonly dataEndpoints?: boolean;
  /** Whether what is pushed is held back. @default false */
  readonly quarantine?: boolean;
  /** Locations of its replicas. @default - none */
  readonly replicas?: readonly string[];
  /** Whether it grants by repository. @default false */
  readonly repositoryPermissions?: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a manifest leads to; what is left out is not known, and taken for right. */
export interface ImageContent {
  /** Of an index, all that it has; of a single manifest, its own: `linux/amd64`. */
  readonly platforms?: readonly string[];
  /** Whether there is an index before the manifests. @default false */
  readonly isIndex?: boolean;
  /** USER of the image: "" is root. */
  readonly user?: string;
  /** Absolute paths of its programs, the one that it starts first. */
  readonly executables?: readonly string[];
}

/** Manifests of one repository by digest, and the tags that point at them. */
export interface Repository {
  readonly manifests: Map<string, ImageContent>;
  readonly tags: Map<string, string>;
}

/** A password of a token: `password1` or `password2`. */
export interface TokenPassword {
  readonly name: string;
  readonly value: string;
  readonly expiry: Date | undefined;
}

export interface RegistryToken {
  readonly name: string;
  scopeMapId: string;
  enabled: boolean;
  passwords: readonly TokenPassword[];
}

/** Both may end in `/*`. */
export interface CacheRule {
  /** `docker.io/library/nginx` */
  readonly source: string;
  readonly target: string;
  /** Id of the login to the source. @default - nobody's */
  credentialSetId?: string | undefined;
}

/** A login to another registry, which lies in a key vault. */
export interface CredentialSet {
  readonly loginServer: string;
  /** URLs of two secrets. */
  usernameSecret: string;
  passwordSecret: string;
  /** Object id of the identity that reads them. */
  readonly principalId: string;
}

/** A registry as ARM has it, with what lies in it: content goes when the registry goes. */
export interface Registry {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  sku: string;
  adminEnabled: boolean;
  /** The admin user's password; the user name is the registry's name. */
  readonly adminPassword: string;
  loginServer: string;
  anonymousPullEnabled: boolean;
  /** With ABAC, AcrPull and its like are ignored. */
  roleAssignmentMode: "LegacyRegistryPermissions" | "AbacRepositoryPermissions";
  /** `azureADAuthenticationAsArmPolicy`: whether tokens for Azure Resource Manager are taken. */
  acceptsArmTokens: boolean;
  publicNetworkAccess: boolean;
  /** Ranges that alone are let in from the internet. @default - everyone is */
  allow: readonly string[] | undefined;
  dataEndpoints: boolean;
  /** Whether nothing is pulled that is not in `passed`. */
  quarantine: boolean;
  replicas: readonly string[];
  tags: Readonly<Record<string, string>>;
  /** Private endpoints by their ids, each with whether it keeps the registry's name in private DNS zones. */
  readonly endpoints: Map<string, { readonly hasZoneGroup: boolean }>;
  /** What it fetches from elsewhere, by the names of the rules. */
  readonly cacheRules: Map<string, CacheRule>;
  /** By their ids. */
  readonly credentialSets: Map<string, CredentialSet>;
  /** Actions by scope map. */
  readonly scopeMaps: Map<string, readonly string[]>;
  readonly tokens: Map<string, RegistryToken>;
  readonly repositories: Map<string, Repository>;
  /** What a scanner has released: `repository@sha256:…`. */
  readonly passed: Set<string>;
  /** What each task runs, and on which context. */
  readonly tasks: Map<string, { readonly content: string; readonly context: string }>;
}

/** @param loginServer Its host. */
export function newRegistry(request: RegistryRequest, ids: Ids, loginServer: string): Registry {
  const { subscriptionId, resourceGroup, name, location } = request;
  const lower = name.toLowerCase();
  return {
    id: registryId(subscriptionId, resourceGroup, name),
    ...{ name, resourceGroup, location },
    ...changeable(request),
    adminPassword: ids.registryPassword(`${lower}/admin`),
    loginServer,
    acceptsArmTokens: true,
    endpoints: new Map(),
    cacheRules: new Map(),
    credentialSets: new Map(),
    scopeMaps: new Map(),
    tokens: new Map(),
    repositories: new Map(),
    passed: new Set(),
    tasks: new Map(),
  };
}

/** What may change without another registry. */
export function changeable(request: RegistryRequest) {
  const { sku, adminEnabled, anonymousPullEnabled, publicNetworkAccess, tags } = request;
  const { allow, dataEndpoints = false, quarantine = false, replicas = [], repositoryPermissions = false } = request;
  const roleAssignmentMode: Registry["roleAssignmentMode"] = repositoryPermissions
    ? "AbacRepositoryPermissions"
    : "LegacyRegistryPermissions";
  return {
    sku,
    adminEnabled,
    anonymousPullEnabled,
    publicNetworkAccess,
    allow,
    dataEndpoints,
    quarantine,
    replicas,
    roleAssignmentMode,
    tags,
  };
}

/** Hosts that its layers lie on, where it has some of its own. */
export function dataHosts({ loginServer, dataEndpoints, location, replicas }: Registry): string[] {
  const [name = "", ...domain] = loginServer.split(".");
  return dataEndpoints ? [location, ...replicas].map((place) => [name, place, "data", ...domain].join(".")) : [];
}

/** The SKU rules that nobody checks before apply. @throws CloudError for the first that is broken. */
export function assertSkuAllows(request: RegistryRequest): void {
  if (request.sku === "Premium") return;
  if (request.hasNetworkRules) {
    throw new CloudError(
      "`network_rule_set_set` can only be specified for a Premium Sku. If you are reverting from a Premium to Basic SKU please set network_rule_set = []",
    );
  }
  if (!request.publicNetworkAccess) {
    throw new CloudError("`public_network_access_enabled` can only be disabled for a Premium Sku");
  }
}
