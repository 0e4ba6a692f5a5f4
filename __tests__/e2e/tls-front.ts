import { once } from "node:events";
import fs from "node:fs";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";

export interface TlsFrontOptions {
  readonly certificate: https.ServerOptions;
  /** Name that the registry is to have. */
  readonly host: string;
  /** Host that layers are redirected to, as Azure does with dedicated data endpoints. */
  dataHost: string;
  /** `127.0.0.1:<port>` of the registry. */
  readonly registry: string;
  /** URL of its token service. */
  readonly realm: string;
  /** Where the registry keeps its blobs. */
  readonly storage: string;
}

/** Puts a registry behind TLS, under a name of Azure, with its layers on a host of their own. */
export class TlsFront {
  /** Answers from now on instead of the registry, where it says so. @default - the registry answers */
  instead: (url: string) => { readonly status: number; readonly body?: string } | undefined = () => undefined;
  /** Seconds by which its clock differs. */
  clockSeconds = 0;
  private readonly server: https.Server;

  constructor(readonly options: TlsFrontOptions) {
    this.server = https.createServer(options.certificate, (request, response) => {
      this.answer(request, response);
    });
  }

  async listen(): Promise<number> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { host, dataHost, registry, realm, storage } = this.options;
    const url = request.url ?? "/";
    const date = new Date(Date.now() + this.clockSeconds * 1000).toUTCString();
    const instead = this.instead(url);
    if (instead) {
      response.writeHead(instead.status, { date, "retry-after": "1" }).end(instead.body);
      return;
    }
    const [, digest = ""] = /\/blobs\/sha256:([0-9a-f]{64})/.exec(url) ?? [];
    if (request.headers.host === dataHost) {
      const file = path.join(storage, "docker/registry/v2/blobs/sha256", digest.slice(0, 2), digest, "data");
      response.writeHead(200).end(fs.readFileSync(file));
      return;
    }
    if (digest !== "" && request.headers.authorization !== undefined) {
      response.writeHead(307, { location: `https://${dataHost}${url}` }).end();
      return;
    }
    const target = url.startsWith("/oauth2/") ? realm.replace(/\/oauth2\/token$/, url) : `http://${registry}${url}`;
    const headers = { ...request.headers, host: new URL(target).host };
    const forwarded = http.request(target, { method: request.method, headers }, (answer) => {
      const challenge = answer.headers["www-authenticate"]?.replace(
        /realm="[^"]*"/,
        `realm="https://${host}/oauth2/token"`,
      );
      response.writeHead(answer.statusCode ?? 500, {
        ...answer.headers,
        date,
        ...(challenge !== undefined && { "www-authenticate": challenge }),
      });
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    request.pipe(forwarded);
  }
}
