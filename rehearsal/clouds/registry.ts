import { createHash } from "node:crypto";
import { CloudError } from "../sdk/model";
import type { ById } from "./arm-ids";
import type { Clock } from "./clock";
import type { Entra } from "./entra";
import { OtherRegistries } from "./other-registries";
import { PullThrough, type FetchFault } from "./pull-through";
import { layersFault, wayFault, type Way } from "./registry-network";
import type { KeyVault } from "./key-vault";
import type { ImageContent, Registry, Repository } from "./registry-object";
import { TOKEN_USER, type RegistryExchange } from "./registry-exchange";
import { tokenRefusal, unauthorized } from "./registry-tokens";
import type { RoleAssignments } from "./roles";
import { bearerOf, type FormRequest, type FormResponse } from "./token-endpoints";

export interface PullRequest {
  readonly loginServer: string;
  readonly repository: string;
  /** A tag, or a digest `sha256:…`. */
  readonly reference: string;
  /** User name and password, the object id of a managed identity, or nothing for an anonymous pull. */
  readonly credentials?: Credentials | { readonly principalId: string } | undefined;
  /** How one gets there. @default - from where all is let in */
  readonly way?: Way | undefined;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Kinds of failure that the one who pulls can tell apart. */
export type PullFault =
  | "away"
  | "forbidden"
  | "no-host"
  | "no-layers"
  | "no-platform"
  | "no-route"
  | "not-found"
  | "quarantined"
  | "unauthorized"
  | FetchFault["fault"];

export type PullAnswer =
  | { readonly ok: true; readonly digest: string; readonly content: ImageContent }
  | { readonly ok: false; readonly fault: PullFault; readonly reason: string };

/** The data plane of every container registry: what `docker push` and a kubelet talk to. */
export class ContainerRegistries {
  /** Whether all of them are down. */
  areAway = false;
  /** How whoever runs Terraform gets to registries. @default - from where all is let in */
  operatorsWay: Way | undefined;
  /** Whether a scanner looks at what is pushed, and releases it at once. */
  hasScanner = false;
  /** Those of somebody else, from which everyone may pull. */
  readonly others = new OtherRegistries();
  private readonly pullThrough: PullThrough;

  constructor(
    private readonly registries: ById<Registry>,
    private readonly roles: RoleAssignments,
    private readonly entra: Entra,
    private readonly clock: Clock,
    private readonly tokens: RegistryExchange,
    vaults: ById<KeyVault>,
  ) {
    this.pullThrough = new PullThrough(this.others, vaults, roles);
  }

  /** @throws CloudError where whoever runs Terraform does not reach the registry. */
  assertReached(loginServer: string): void {
    const registry = this.find(loginServer);
    const lost = registry && this.operatorsWay && wayFault(registry, this.operatorsWay);
    if (lost) throw new CloudError(`${lost.fault === "forbidden" ? "denied: " : ""}${lost.reason}`);
  }

  /** @returns Why tasks of a registry, which come from anywhere in Azure, do not reach it; undefined where they do. */
  tasksFault(registry: Registry): string | undefined {
    return wayFault(registry, { privateEndpoint: false, address: TASK_ADDRESS })?.reason;
  }

  /** Stores a manifest and moves the tag to it. @throws CloudError where no registry has this host. */
  push(loginServer: string, repository: string, tag: string, digest: string, image: ImageContent = {}): void {
    const registry = this.find(loginServer);
    if (!registry) throw new CloudError(`Get "https://${loginServer}/v2/": ${noSuchHost(loginServer)}`);
    const content =
      registry.repositories.get(repository) ?? ({ manifests: new Map(), tags: new Map() } satisfies Repository);
    content.manifests.set(digest, image);
    content.tags.set(tag, digest);
    registry.repositories.set(repository, content);
    if (this.hasScanner) this.release(loginServer, repository, digest);
  }

  /** Says of an image that it may be pulled, as a scanner does with AcrQuarantineWriter. */
  release(loginServer: string, repository: string, digest: string): void {
    this.find(loginServer)?.passed.add(`${repository}@${digest}`);
  }

  /** Puts an image into a registry of others. */
  addOther(host: string, repository: string, reference: string): void {
    this.others.add(host, repository, reference);
  }

  /** What is behind a tag, asked for by somebody who may read everything. */
  look(loginServer: string, repository: string, tag: string): PullAnswer {
    const registry = this.find(loginServer);
    if (!registry) return refused("no-host", noSuchHost(loginServer));
    const lost = this.operatorsWay && wayFault(registry, this.operatorsWay);
    if (lost) return refused(lost.fault, lost.reason);
    return this.fetch(registry, repository, tag) ?? resolve(registry, { loginServer, repository, reference: tag });
  }

  /** @returns The digest behind a tag, undefined where it cannot be had. */
  digestOf(loginServer: string, repository: string, tag: string): string | undefined {
    const answer = this.look(loginServer, repository, tag);
    return answer.ok ? answer.digest : undefined;
  }

  deleteManifest(loginServer: string, repository: string, digest: string): void {
    const content = this.find(loginServer)?.repositories.get(repository);
    if (!content) return;
    content.manifests.delete(digest);
    for (const [tag, target] of content.tags) if (target === digest) content.tags.delete(tag);
  }

  /** Who asks, whether they may, and whether there is such an image: in the order in which ACR looks. */
  pull(request: PullRequest): PullAnswer {
    const { loginServer, repository, reference } = request;
    if (this.others.has(loginServer, repository, reference)) {
      const name = `${loginServer}/${repository}:${reference}`;
      return { ok: true, digest: reference.startsWith("sha256:") ? reference : sha256(name), content: {} };
    }
    const registry = this.find(loginServer);
    if (!registry) return refused("no-host", noSuchHost(request.loginServer));
    if (this.areAway) return refused("away", `dial tcp: ${request.loginServer}: connect: connection refused`);
    const lost = request.way && wayFault(registry, request.way);
    if (lost) return refused(lost.fault, lost.reason);
    const refusal = this.refusal(registry, request);
    if (refusal !== undefined) return refused("unauthorized", refusal);
    const found = this.fetch(registry, repository, reference) ?? resolve(registry, request);
    const cut = found.ok && request.way ? layersFault(registry, request.way) : undefined;
    return cut ? refused(cut.fault, cut.reason) : found;
  }

  /** @returns Why these credentials may not pull from the repository, whatever is in it, or undefined where they may. */
  refusal(
    registry: Registry,
    { credentials, repository }: Pick<PullRequest, "credentials" | "repository">,
  ): string | undefined {
    if (credentials === undefined) {
      return registry.anonymousPullEnabled ? undefined : unauthorized("no credentials were sent");
    }
    if ("principalId" in credentials) return this.denial(registry, credentials.principalId, repository);

    const { username, password } = credentials;
    if (username === registry.name) {
      if (!registry.adminEnabled) return unauthorized(`the admin user of registry "${registry.name}" is disabled`);
      return password === registry.adminPassword ? undefined : unauthorized("the admin user's password is wrong");
    }
    if (username === TOKEN_USER) return this.grantRefusal(registry, password, repository);
    const token = registry.tokens.get(username);
    if (token) return tokenRefusal(token, password, registry, repository, this.clock.now());

    const signIn = this.entra.authenticate(username, password, this.clock.now());
    return signIn.ok ? this.denial(registry, signIn.principal.objectId, repository) : unauthorized(signIn.reason);
  }

  /** `POST /oauth2/exchange`: a token of Entra ID for one of the registry. */
  exchange(host: string, accessToken: string, time: Date): FormResponse {
    const registry = this.find(host);
    if (!registry || this.areAway) return { status: 503, body: {} };
    const bearer = bearerOf(accessToken);
    const isForArm = bearer?.audience.startsWith("https://management.") ?? false;
    if (!bearer || (isForArm && !registry.acceptsArmTokens)) return UNAUTHORIZED;
    const principalId = this.entra.principalIdOf(bearer.clientId);
    if (principalId === undefined || !this.roles.holdsAny(principalId, registry.id)) return UNAUTHORIZED;
    const token = this.tokens.refreshToken(registry.loginServer, bearer.clientId, this.entra.tenantId, time);
    return { status: 200, body: { refresh_token: token } };
  }

  /** `POST /oauth2/token`: a token of the registry for one that is good for less. */
  authorize(host: string, form: FormRequest["form"], time: Date): FormResponse {
    const registry = this.find(host);
    if (!registry || this.areAway) return { status: 503, body: {} };
    const grant = this.tokens.read(registry.loginServer, form.refresh_token ?? "", time);
    if (typeof grant === "string" || grant.repositories) return UNAUTHORIZED;
    const principalId = this.entra.principalIdOf(grant.clientId) ?? "";
    const wanted = [...(form.scope ?? "").matchAll(/(?:^| )repository:([^:]+):pull/g)].map(([, name = ""]) => name);
    const allowed = wanted.filter((name) => this.denial(registry, principalId, name) === undefined);
    const token = this.tokens.accessToken(registry.loginServer, grant.clientId, allowed, time);
    return { status: 200, body: { access_token: token } };
  }

  /** Of a token of the registry, which stands for its application. */
  private grantRefusal(registry: Registry, token: string, repository: string): string | undefined {
    const grant = this.tokens.read(registry.loginServer, token, this.clock.now());
    if (typeof grant === "string") return grant;
    const { repositories, clientId } = grant;
    if (!repositories) return this.denial(registry, this.entra.principalIdOf(clientId) ?? clientId, repository);
    if (repositories.includes(repository)) return undefined;
    return `denied: requested access to the resource is denied: the token is for ${repositories.join(", ") || "nothing"}`;
  }

  /** Gets what a cache rule names from where it comes from, on the first pull. @returns Why it cannot be had. */
  private fetch(registry: Registry, repository: string, reference: string): PullAnswer | undefined {
    const known = registry.repositories.get(repository);
    if (known?.tags.has(reference) || known?.manifests.has(reference)) return undefined;
    const found = this.pullThrough.fetch(registry, repository, reference);
    if (typeof found === "object") return refused(found.fault, found.reason);
    if (found === undefined) return undefined;
    const isDigest = reference.startsWith("sha256:");
    this.push(registry.loginServer, repository, isDigest ? "cached" : reference, isDigest ? reference : sha256(found));
    return undefined;
  }

  private denial(registry: Registry, principalId: string, repository: string): string | undefined {
    const abac = registry.roleAssignmentMode === "AbacRepositoryPermissions";
    if (this.roles.canPull(principalId, registry.id, abac, repository)) return undefined;
    const need = abac ? "Container Registry Repository Reader (the registry is in ABAC mode)" : "AcrPull";
    return `denied: requested access to the resource is denied: principal ${principalId} has no role that pulls "${repository}" from registry "${registry.name}"; it needs ${need}`;
  }

  private find(loginServer: string): Registry | undefined {
    return this.registries.values().find((registry) => registry.loginServer === loginServer.toLowerCase());
  }
}

/** Of a machine that runs tasks: TEST-NET-1 of RFC 5737. */
const TASK_ADDRESS = "192.0.2.200";

const UNAUTHORIZED: FormResponse = {
  status: 401,
  body: {
    errors: [{ code: "UNAUTHORIZED", message: "authentication required, visit https://aka.ms/acr/authorization" }],
  },
};

/** @returns A digest in the form that registries use. */
export function sha256(content: string | Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

function resolve(registry: Registry, { repository, reference }: PullRequest): PullAnswer {
  const content = registry.repositories.get(repository);
  if (!content) return refused("not-found", `name unknown: repository "${repository}" is not found`);
  const isDigest = reference.startsWith("sha256:");
  const digest = isDigest ? reference : content.tags.get(reference);
  const image = digest === undefined ? undefined : content.manifests.get(digest);
  const isHeld = registry.quarantine && !registry.passed.has(`${repository}@${digest ?? ""}`);
  if (digest !== undefined && image && !isHeld) return { ok: true, digest, content: image };
  // A tag of what is held is not there: https://github.com/Azure/acr/tree/main/docs/preview/quarantine
  if (isDigest && image && isHeld)
    return refused("quarantined", "unknown: The operation is disallowed. IMAGE_QUARANTINED: The image is quarantined.");
  const which = isDigest ? `manifest ${reference}` : `manifest tagged by "${reference}"`;
  return refused("not-found", `manifest unknown: ${which} is not found`);
}

function noSuchHost(host: string): string {
  return `dial tcp: lookup ${host}: no such host`;
}

function refused(fault: PullFault, reason: string): PullAnswer {
  return { ok: false, fault, reason };
}
