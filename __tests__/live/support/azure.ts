import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Certificate } from "./certificates";

/** What an answer is made of. */
interface Reply {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An application with one password. */
export interface TestApplication {
  readonly clientId: string;
  readonly name: string;
  readonly password: string;
  /** Entra's error for this sign-in. @default - it is good */
  readonly error?: number;
  /** Entra's error for a password, where another cloud decides. @default - `password` is good */
  readonly refusal?: (password: string) => number | undefined;
  /** Roles on registries. */
  readonly roles: readonly string[];
  /** On which it has them. @default - on none */
  readonly condition?: string | undefined;
  readonly enabled?: boolean;
  /** Whose tokens it trusts: `issuer subject`. @default - nobody's */
  readonly trusts?: readonly string[];
}

export interface TestImage {
  /** `linux/amd64`; several are an index. */
  readonly platforms: readonly string[];
  readonly index?: boolean;
  /** Status of its manifest. @default 200 */
  readonly status?: number;
  /** Code and words with that status. @default - none of any use */
  readonly error?: { readonly code: string; readonly message: string };
}

export interface TestRegistry {
  /** By `repository:reference`. */
  readonly images: Readonly<Record<string, TestImage>>;
  readonly abac?: boolean;
  /** What answers everything at its host instead. */
  readonly instead?: Reply;
  /** What its token endpoint answers instead. */
  readonly token?: Reply;
  /** What it answers to a login of Entra instead of a refresh token. */
  readonly exchange?: Reply;
  /** Host that layers are redirected to. @default blobs.example.net */
  readonly blobs?: string;
  /** Seconds by which its clock differs. */
  readonly clock?: number;
  /** Whether Azure Resource Manager has none of this name. */
  readonly unknown?: boolean;
  /** Whether somebody else has its name. */
  readonly taken?: boolean;
  /** By their names. */
  readonly tokens?: Readonly<
    Record<string, { readonly password: string; readonly status?: string; readonly expiry?: string }>
  >;
}

/** Where issuers publish their documents, each below its own path. */
export const ISSUERS = "oidc.example.net";
/** User of the registry's own tokens. */
export const TOKEN_USER = "00000000-0000-0000-0000-000000000000";

const DIGEST = `sha256:${"d".repeat(64)}`;
const LAYER = `sha256:${"1".repeat(64)}`;
const CONFIG = `sha256:${"c".repeat(64)}`;
const UNAUTHORIZED = {
  errors: [
    {
      code: "UNAUTHORIZED",
      message: "authentication required, visit https://aka.ms/acr/authorization for more information.",
    },
  ],
};

/**
 * Registries, their tokens and layers, Entra ID, Azure Resource Manager and Graph behind one address, by the host that is asked for: in the
 * documented words. https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
 */
export class TestAzure {
  /** Everything that was asked, as `METHOD host/path`. */
  readonly requests: string[] = [];
  /** Kubeconfig of AKS clusters, with a context for each. @default - nobody gets one */
  kubeconfig?: string;
  readonly #granted = new Set<string>();
  readonly #servers: https.Server[] = [];

  constructor(
    readonly registries: Readonly<Record<string, TestRegistry>>,
    readonly applications: readonly TestApplication[],
    /** AKS clusters by name: client id of their nodes' identity, or null where they have none. */
    readonly clusters: Readonly<Record<string, string | null>> = {},
    /** Names of the published keys, by the path of the issuer. */
    readonly issuers: Readonly<Record<string, readonly string[]>> = {},
  ) {}

  /** @returns The port at 127.0.0.1 */
  async listen(certificate: Certificate): Promise<number> {
    const server = https.createServer(certificate, (request, response) => void this.answer(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  close(): void {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    const url = new URL(request.url ?? "/", `https://${host}`);
    this.requests.push(`${request.method ?? ""} ${host}${url.pathname}`);
    const form = new URLSearchParams(request.method === "POST" ? await text(request) : "");
    const registry = this.registries[host.split(".")[0] ?? ""];
    const isRegistry = host.endsWith(".azurecr.io") && registry !== undefined;
    const {
      status,
      body = "",
      headers = {},
    } = isRegistry ? this.ofRegistry(host, registry, url, request, form) : this.ofOthers(host, url, form);
    const date = new Date(Date.now() + (registry?.clock ?? 0) * 1000).toUTCString();
    const content = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, { ...headers, date, "content-type": "application/json" });
    response.end(request.method === "HEAD" ? undefined : content);
  }

  private ofRegistry(
    host: string,
    registry: TestRegistry,
    url: URL,
    request: IncomingMessage,
    form: URLSearchParams,
  ): Reply {
    if (registry.instead) return registry.instead;
    const challenge = { "www-authenticate": `Bearer realm="https://${host}/oauth2/token",service="${host}"` };
    switch (url.pathname) {
      case "/v2/":
        return { status: 401, body: UNAUTHORIZED, headers: challenge };
      case "/oauth2/exchange":
        return registry.exchange ?? { status: 200, body: { refresh_token: this.grant("refresh") } };
      case "/oauth2/token":
        return registry.token ?? this.token(registry, url, request, form);
    }
    const [, bearer = ""] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
    if (!this.#granted.has(bearer)) return { status: 401, body: UNAUTHORIZED, headers: challenge };
    const [, repository = "", kind, reference = ""] = /^\/v2\/(.+)\/(manifests|blobs)\/(.+)$/.exec(url.pathname) ?? [];
    return kind === "blobs" ? blob(registry, repository, reference) : manifest(registry, repository, reference);
  }

  private token(registry: TestRegistry, url: URL, request: IncomingMessage, form: URLSearchParams): Reply {
    if (form.get("grant_type") === "refresh_token")
      return { status: 200, body: { access_token: this.grant(form.get("scope") ?? "") } };
    if (request.method === "POST")
      return {
        status: 400,
        body: { errors: [{ code: "UNSUPPORTED", message: "grant_type password is not supported" }] },
      };
    const scope = url.searchParams.get("scope") ?? "";
    const [user = "", ...rest] = Buffer.from((request.headers.authorization ?? "").slice(6), "base64")
      .toString()
      .split(":");
    const password = rest.join(":");
    const token = registry.tokens?.[user];
    const isOpen =
      token?.password === password && token.status !== "disabled" && !(Date.parse(token.expiry ?? "9999") < Date.now());
    if (user === TOKEN_USER && isOpenToken(password)) return { status: 200, body: { access_token: this.grant(scope) } };
    const application = this.applications.find(({ clientId }) => clientId === user);
    const isSignedIn = application?.password === password && application.error === undefined;
    const role = registry.abac ? "Container Registry Repository Reader" : "AcrPull";
    if (isOpen || (isSignedIn && application.roles.includes(role)))
      return { status: 200, body: { access_token: this.grant(scope) } };
    if (isSignedIn && application.roles.includes("nothing here"))
      return { status: 200, body: { access_token: this.grant("") } };
    return { status: 401, body: UNAUTHORIZED };
  }

  /** A token that is good at once. */
  private grant(scope: string): string {
    const token = registryToken(scope);
    this.#granted.add(token);
    return token;
  }

  private ofOthers(host: string, url: URL, form: URLSearchParams): Reply {
    if (host === ISSUERS) return this.issuer(url);
    if (host.startsWith("blobs")) return { status: 206, body: "x" };
    if (host === "login.microsoftonline.com") return this.signIn(form);
    if (host === "graph.microsoft.com") return this.graph(url);
    return this.manage(url, form);
  }

  private issuer({ pathname }: URL): Reply {
    const [, name = "", document] = /^\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
    const kids = this.issuers[name];
    if (!kids) return { status: 404 };
    return document === "keys"
      ? { status: 200, body: { keys: kids.map((kid) => ({ kid, kty: "RSA" })) } }
      : { status: 200, body: { issuer: `https://${ISSUERS}/${name}`, jwks_uri: `https://${ISSUERS}/${name}/keys` } };
  }

  private signIn(form: URLSearchParams): Reply {
    const refuse = (code: number) => ({
      status: 401,
      body: { error: "invalid_client", error_codes: [code], error_description: `AADSTS${code}: no.\r\nTrace ID: 1` },
    });
    const application = this.applications.find(({ clientId }) => clientId === form.get("client_id"));
    if (!application) return refuse(700016);
    const { refusal, error, password, trusts } = application;
    if (form.has("client_assertion")) {
      if (error !== undefined) return refuse(error);
      const { iss, sub } = payloadOf(form.get("client_assertion") ?? "");
      if (trusts?.includes(`${String(iss)} ${String(sub)}`)) return { status: 200, body: { access_token: "entra" } };
      return refuse(trusts?.some((trust) => trust.startsWith(`${String(iss)} `)) ? 700213 : 700211);
    }
    const given = form.get("client_secret") ?? "";
    const code = refusal ? refusal(given) : (error ?? (password === given ? undefined : 7000215));
    return code === undefined ? { status: 200, body: { access_token: "entra" } } : refuse(code);
  }

  private graph(url: URL): Reply {
    const [, clientId] = /servicePrincipals\(appId='(.*)'\)$/.exec(url.pathname) ?? [];
    if (clientId !== undefined) {
      return this.applications.some((application) => application.clientId === clientId)
        ? { status: 200, body: { id: `object-${clientId}`, appId: clientId } }
        : { status: 404, body: { error: { code: "Request_ResourceNotFound" } } };
    }
    const [, name] = /displayName eq '(.*)'/.exec(url.searchParams.get("$filter") ?? "") ?? [];
    const value = this.applications
      .filter((application) => application.name === name)
      .map(({ clientId, enabled = true }) => ({
        id: `object-${clientId}`,
        appId: clientId,
        displayName: name,
        accountEnabled: enabled,
      }));
    return { status: 200, body: { value } };
  }

  private manage({ pathname, searchParams }: URL, form: URLSearchParams): Reply {
    const [, name = "", rest = ""] = /registries\/([^/]+)\/?(.*)$/.exec(pathname) ?? [];
    const registry = this.registries[name];
    if (pathname.endsWith("/checkNameAvailability")) {
      const [, asked = ""] = /"name":"(\w+)"/.exec([...form.keys()].join()) ?? [];
      return { status: 200, body: { nameAvailable: this.registries[asked]?.taken !== true } };
    }
    if (rest === "" && pathname.includes("/registries/")) {
      if (!registry || registry.unknown) return { status: 404, body: { error: { code: "ResourceNotFound" } } };
      const roleAssignmentMode = registry.abac ? "AbacRepositoryPermissions" : "LegacyRegistryPermissions";
      const properties = { loginServer: `${name}.azurecr.io`, roleAssignmentMode };
      return { status: 200, body: { id: pathname, location: "westeurope", sku: { name: "Premium" }, properties } };
    }
    if (rest.startsWith("tokens/")) {
      const token = registry?.tokens?.[rest.slice("tokens/".length)];
      if (!token) return { status: 404, body: {} };
      const { status = "enabled", expiry } = token;
      return {
        status: 200,
        body: { properties: { status, credentials: { passwords: [{ name: "password1", expiry }] } } },
      };
    }
    const [, aks] = /\/managedClusters\/([^/]+)\/listClusterUserCredential$/.exec(pathname) ?? [];
    if (aks !== undefined && this.kubeconfig !== undefined) {
      const own = `${this.kubeconfig}current-context: ${aks}\n`;
      return { status: 200, body: { kubeconfigs: [{ value: Buffer.from(own).toString("base64") }] } };
    }
    if (pathname.includes("/managedClusters/")) {
      const kubelet = this.clusters[pathname.split("/").at(-1) ?? ""];
      if (kubelet === undefined) return { status: 404, body: { error: { code: "ResourceNotFound" } } };
      const identityProfile = kubelet === null ? undefined : { kubeletidentity: { objectId: `object-${kubelet}` } };
      const issuer = Object.keys(this.issuers).find((key) => pathname.endsWith(`/${key}`));
      const oidcIssuerProfile =
        issuer === undefined ? { enabled: false } : { enabled: true, issuerURL: `https://${ISSUERS}/${issuer}` };
      return { status: 200, body: { id: pathname, properties: { identityProfile, oidcIssuerProfile } } };
    }
    if (rest.endsWith("roleAssignments")) {
      const filter = searchParams.get("$filter") ?? "";
      const [, clientId] = /^atScope\(\) and assignedTo\('object-(.*)'\)$/.exec(filter) ?? [];
      const { roles = [] } = this.applications.find((application) => application.clientId === clientId) ?? {};
      return {
        status: 200,
        body: {
          value: roles.map((role) => ({ properties: { roleDefinitionId: `/roles/${encodeURIComponent(role)}` } })),
        },
      };
    }
    if (pathname.startsWith("/roles/")) {
      const roleName = decodeURIComponent(pathname.slice("/roles/".length));
      return { status: 200, body: { properties: { roleName, permissions: [permissionsOf(roleName)] } } };
    }
    return { status: 403, body: { error: { code: "AuthorizationFailed" } } };
  }
}

/** A token as registries sign them, for what was asked. Begins and ends so many seconds from now. */
export function registryToken(scope: string, { began = 0, ends = 3 * 60 * 60 } = {}): string {
  const [type, name, actions = ""] = scope.split(":");
  const access = actions === "" ? [] : [{ type, name, actions: actions.split(",") }];
  const now = Math.floor(Date.now() / 1000);
  const payload = { access, jti: randomUUID(), iat: now + began, exp: now + ends };
  return unsignedToken({}, payload);
}

/** A JSON Web Token whose signature nobody looks at. */
export function unsignedToken(header: object, payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(payload)}.s3cret-signature`;
}

function payloadOf(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString() || "{}") as Record<string, unknown>;
}

function isOpenToken(token: string): boolean {
  return Number(payloadOf(token).exp) > Date.now() / 1000;
}

/** As https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers has them; other roles have what they are called. */
function permissionsOf(roleName: string): object {
  switch (roleName) {
    case "AcrPull":
      return { actions: ["Microsoft.ContainerRegistry/registries/pull/read"], dataActions: [] };
    case "Container Registry Repository Reader":
      return { actions: [], dataActions: ["Microsoft.ContainerRegistry/registries/repositories/content/read"] };
    default: {
      const [actions = "", notActions = ""] = roleName.split(" but ");
      return { actions: [actions], notActions: [notActions] };
    }
  }
}

function manifest(registry: TestRegistry, repository: string, reference: string): Reply {
  const headers = { "docker-content-digest": reference.startsWith("sha256:") ? reference : DIGEST };
  const single = { config: { digest: CONFIG }, layers: [{ digest: LAYER }] };
  if (reference.startsWith("sha256:ee")) return { status: 200, body: single, headers };
  const image = registry.images[`${repository}:${reference}`];
  if (!image) return { status: 404, body: { errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] } };
  if (image.status !== undefined)
    return { status: image.status, body: { errors: [image.error ?? { code: "NO", message: "no" }] } };
  if (!image.index)
    return {
      status: 200,
      body: {
        ...single,
        config: { digest: `${CONFIG.slice(0, -6)}${image.platforms[0]?.includes("arm64") ? "aaaaaa" : "bbbbbb"}` },
      },
      headers,
    };
  const manifests = image.platforms.map((platform, index) => {
    const [os, architecture] = platform.split("/");
    return { digest: `sha256:ee${String(index).padStart(62, "0")}`, platform: { os, architecture } };
  });
  return { status: 200, body: { manifests }, headers };
}

function blob({ blobs = "blobs.example.net" }: TestRegistry, repository: string, digest: string): Reply {
  if (digest.endsWith("aaaaaa")) return { status: 200, body: { os: "linux", architecture: "arm64" } };
  if (digest.endsWith("bbbbbb")) return { status: 200, body: { os: "linux", architecture: "amd64" } };
  return { status: 307, headers: { location: `https://${blobs}/${repository}/${digest}?sig=secret-signature` } };
}
