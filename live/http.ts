import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { TLSSocket } from "node:tls";
import { networkFault } from "./network-fault";

/** Where to connect to instead of where names lead, as curl's `--resolve`: by host in lower case. */
export type Routes = ReadonlyMap<string, { readonly address: string; readonly port?: number }>;

export interface RequestOptions {
  /** @default GET */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Certificates and the like, of a cluster. @default - those of Node */
  readonly tls?: https.RequestOptions;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the first mebibyte or so: no answer that is read here is longer. */
  readonly body: string;
  /** Who issued the certificate of the other side. @default - the connection is not encrypted */
  readonly issuer?: string;
  /** Address of the other side. */
  readonly address: string;
}

/** Who does not answer within this time is away: kubelets wait for half a minute, people do not. */
const PATIENCE_MS = 5000;
const LONGEST_BODY = 2 ** 20;
/** More at once help nobody, and look like an attack. */
const AT_ONCE = 12;

/**
 * Requests as a container runtime sends them: no redirect is followed, and every status is an answer. What is asked stays in this
 * process: no header and no body is ever logged.
 */
export class HttpClient {
  private readonly agents = {
    "http:": new http.Agent({ keepAlive: true, maxSockets: AT_ONCE }),
    "https:": new https.Agent({ keepAlive: true, maxSockets: AT_ONCE }),
  };

  constructor(private readonly routes: Routes = new Map()) {}

  /** @returns Where a host has been told to be. */
  route(host: string): { readonly address: string; readonly port?: number } | undefined {
    return this.routes.get(host.toLowerCase());
  }

  /** @throws {NetworkFault} Where there is no answer. */
  async request(address: string, { method = "GET", headers = {}, body, tls }: RequestOptions = {}): Promise<Answer> {
    const url = new URL(address);
    const isEncrypted = url.protocol === "https:";
    const route = this.route(url.hostname);
    // As node asks: for one address, or for a list of them.
    const lookup: LookupFunction | undefined =
      route &&
      ((_host, { all }, callback) => {
        const family = route.address.includes(":") ? 6 : 4;
        if (all) callback(null, [{ address: route.address, family }]);
        else callback(null, route.address, family);
      });
    const options: https.RequestOptions = {
      method,
      headers: {
        "user-agent": "acr-pull",
        host: url.host,
        ...headers,
        ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
      },
      agent: tls ? undefined : this.agents[isEncrypted ? "https:" : "http:"],
      ...tls,
      ...(lookup && { lookup }),
      ...(route?.port !== undefined && { port: route.port }),
    };
    try {
      return await new Promise((resolve, reject) => {
        const request = (isEncrypted ? https : http).request(url, options, (response) => {
          const { socket } = response;
          const issuer = socket instanceof TLSSocket ? issuerOf(socket) : undefined;
          const peer = { address: socket.remoteAddress ?? "", ...(issuer !== undefined && { issuer }) };
          const parts: Buffer[] = [];
          let length = 0;
          const end = () => {
            const flat = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")]);
            resolve({
              status: response.statusCode ?? 0,
              headers: Object.fromEntries(flat) as Record<string, string>,
              body: Buffer.concat(parts).toString("utf8"),
              ...peer,
            });
          };
          response.on("data", (part: Buffer) => {
            parts.push(part);
            length += part.length;
            if (length < LONGEST_BODY) return;
            // Somebody sends a whole layer who was asked for a byte of it.
            end();
            response.destroy();
          });
          response.on("error", reject);
          response.on("end", end);
        });
        request.setTimeout(PATIENCE_MS, () =>
          request.destroy(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" })),
        );
        request.on("error", reject);
        request.end(body);
      });
    } catch (error) {
      throw networkFault(url.hostname, error);
    }
  }

  /** Ends the connections that are kept. */
  close(): void {
    for (const agent of Object.values(this.agents)) agent.destroy();
  }
}

function issuerOf(socket: TLSSocket): string | undefined {
  // Undefined where the session is resumed.
  const issuer = socket.getPeerCertificate().issuer as { O?: string; CN?: string } | undefined;
  return issuer?.O ?? issuer?.CN;
}

/** @returns What a JSON body says, or undefined where it is none. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
