import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** What one cluster has: objects by their paths, `/api/v1/namespaces/shop/secrets/pull`, or a status instead. */
export type TestCluster = Readonly<Record<string, object | number>>;

/** API servers of many clusters behind one address, each below its own path: objects, lists, access reviews and dry runs. */
export class ApiServer {
  /** What was sent to each, as `METHOD path`. */
  readonly requests: string[] = [];
  private readonly server: Server;
  private readonly made = new Map<string, object>();

  constructor(
    private readonly clusters: Readonly<Record<string, TestCluster>>,
    /** Whether the login may do this in this cluster. */
    private readonly may: (cluster: string, verb: string, resource: string, group: string) => boolean = () => true,
  ) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async listen(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
    const [, cluster = "", path = ""] = /^\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
    this.requests.push(`${request.method ?? ""} ${pathname}`);
    const { status, body } = await this.reply(request, cluster, path, searchParams);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  private async reply(
    request: IncomingMessage,
    name: string,
    path: string,
    query: URLSearchParams,
  ): Promise<{ status: number; body: object }> {
    const objects = this.clusters[name] ?? {};
    const own = objects[path];
    if (typeof own === "number")
      return failure(own, own === 403 ? `${path} is forbidden: User "test" cannot list resource` : "Unauthorized");
    if (request.method === "POST") {
      const sent = (await json(request)) as {
        kind: string;
        metadata?: { name: string };
        spec?: { resourceAttributes: { verb: string; resource: string; group: string } };
      };
      if (sent.kind === "SelfSubjectAccessReview" && sent.spec) {
        const { verb, resource, group } = sent.spec.resourceAttributes;
        return { status: 201, body: { ...sent, status: { allowed: this.may(name, verb, resource, group) } } };
      }
      // A token of a service account.
      if (own && path.endsWith("/token")) return { status: 201, body: own };
      const refusal = objects[`${path}?admission`];
      if (refusal !== undefined) return failure(403, (refusal as { message: string }).message);
      if (query.get("dryRun") !== "All") this.made.set(`/${name}${path}/${sent.metadata?.name ?? ""}`, sent);
      return { status: 201, body: sent };
    }
    if (request.method === "DELETE") {
      this.made.delete(`/${name}${path}`);
      return { status: 200, body: {} };
    }
    if (path === "/version") return { status: 200, body: { gitVersion: "v1.36.2" } };
    if (own) return { status: 200, body: own };
    const made = this.made.get(`/${name}${path}`);
    if (made) return { status: 200, body: { ...made, ...(objects["?probe"] as object) } };
    const below = Object.entries(objects).filter(
      ([place, object]) =>
        place.startsWith(`${path}/`) && !place.slice(path.length + 1).includes("/") && typeof object === "object",
    );
    if (/(pods|events|nodes)$/.test(path)) return { status: 200, body: { items: below.map(([, object]) => object) } };
    return failure(404, "not found");
  }

  /** Pods that were made and are still there. */
  get left(): string[] {
    return [...this.made.keys()];
  }
}

function failure(code: number, message: string): { status: number; body: object } {
  return { status: code, body: { kind: "Status", status: "Failure", message, code } };
}
