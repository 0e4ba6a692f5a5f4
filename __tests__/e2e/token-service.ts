import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SignJWT, importPKCS8 } from "jose";
import type { Clouds, Credentials, Registry } from "../../rehearsal";
import { accessTo } from "./access";
import type { SigningKey } from "./signing-key";

/** Name by which the registry knows whoever signed a token. */
export const ISSUER = "acr-pull e2e";

const LIFETIME = "5 minutes";

interface Grant {
  readonly type: "repository";
  readonly name: string;
  readonly actions: readonly string[];
}

interface Reply {
  readonly status: number;
  readonly body: object;
}

/** All that ACR says, whatever the reason is. */
const REFUSED = failure(401, "authentication required, visit https://aka.ms/acr/authorization for more information.");

/**
 * `GET /oauth2/token` as ACR has it for Basic credentials, https://distribution.github.io/distribution/spec/auth/token/:
 * 401 to those whom it does not believe, and to others a token for as much of what they ask for as they may do.
 */
export class TokenService {
  /** For `realm` in the registry's challenge. */
  readonly url: string;

  /** Whether those who come without credentials are nodes that pull by an identity of their own. */
  nodesPull = false;

  private constructor(
    private readonly server: Server,
    address: string,
  ) {
    this.url = `http://${address}:${(server.address() as AddressInfo).port}/oauth2/token`;
  }

  /** @param address To listen at. */
  static async start(clouds: Clouds, key: SigningKey, address = "127.0.0.1"): Promise<TokenService> {
    const server = createServer((request, response) => {
      void reply(clouds, key, request, service.nodesPull).then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      });
    });
    server.listen(0, address);
    await once(server, "listening");
    const service: TokenService = new TokenService(server, address);
    return service;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

async function reply(clouds: Clouds, key: SigningKey, request: IncomingMessage, nodesPull: boolean): Promise<Reply> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  if (request.method !== "GET" || url.pathname !== "/oauth2/token") return failure(404, "not found");
  const service = url.searchParams.get("service") ?? "";
  const registry = clouds.arm.registries.values().find(({ loginServer }) => loginServer === service);
  if (!registry) return REFUSED;

  const credentials = basic(request.headers.authorization);
  // `docker login` asks for nothing but whether it is believed.
  const scopes = url.searchParams.getAll("scope");
  const grants: Grant[] = [];
  for (const scope of scopes.length > 0 ? scopes : ["repository::"]) {
    const [, name = "", asked = ""] = scope.split(":");
    const access =
      nodesPull && !credentials
        ? ({ ok: true, actions: ["pull"] } as const)
        : accessTo(clouds, registry, name, credentials);
    if (!access.ok) return REFUSED;
    const actions = asked.split(",").filter((action) => access.actions.includes(action));
    if (actions.length > 0) grants.push({ type: "repository", name, actions });
  }
  return { status: 200, body: { access_token: await sign(key, registry, credentials?.username ?? "", grants) } };
}

async function sign(key: SigningKey, registry: Registry, username: string, grants: readonly Grant[]): Promise<string> {
  const certificate = key.certificate.replace(/-----[^-]+-----|\s/g, "");
  return new SignJWT({ access: grants })
    .setProtectedHeader({ alg: "ES256", typ: "JWT", x5c: [certificate] })
    .setIssuer(ISSUER)
    .setAudience(registry.loginServer)
    .setSubject(username)
    .setJti(randomUUID())
    .setIssuedAt()
    .setNotBefore("0 seconds")
    .setExpirationTime(LIFETIME)
    .sign(await importPKCS8(key.privateKey, "ES256"));
}

function basic(header = ""): Credentials | undefined {
  const [, encoded] = /^Basic (.+)$/.exec(header) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function failure(status: number, message: string): Reply {
  return { status, body: { errors: [{ code: "UNAUTHORIZED", message }] } };
}
