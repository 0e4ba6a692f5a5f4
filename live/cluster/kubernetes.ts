import fs from "node:fs";
import os from "node:os";
import type https from "node:https";
import { NotAllowed } from "../check";
import { jsonOf, type Answer, type HttpClient } from "../http";
import { NetworkFault } from "../network-fault";
import { NoCluster } from "./no-cluster";
import type { KubeObject, List } from "./objects";

/** The API of one cluster, as far as it is read here. */
export class Kubernetes {
  private constructor(
    private readonly http: HttpClient,
    private readonly server: string,
    private readonly tls: https.RequestOptions,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  /**
   * Logs in as kubectl does, by exec plug-ins as well.
   *
   * @param path As the environment file has it: `~` is the home folder.
   * @throws {NoCluster} With what is wrong with the file, the context or the plug-in.
   */
  static async connect(
    http: HttpClient,
    { path, context }: { readonly path: string; readonly context: string },
  ): Promise<Kubernetes> {
    const file = path.replace(/^~(?=\/)/, os.homedir());
    let text: string;
    try {
      text = fs.readFileSync(file, "utf8");
    } catch (error) {
      throw new NoCluster("kubeconfig-missing", `${path}: ${(error as Error).message}`);
    }
    return Kubernetes.from(http, text, { name: path, context });
  }

  /** @param context @default - the file's own */
  static async from(
    http: HttpClient,
    kubeconfig: string,
    { name, context }: { readonly name: string; readonly context?: string },
  ): Promise<Kubernetes> {
    // Its code is large, and other commands need none of it.
    const { KubeConfig } = await import("@kubernetes/client-node/dist/config.js");
    const config = new KubeConfig();
    try {
      config.loadFromString(kubeconfig);
    } catch (error) {
      throw new NoCluster(
        "kubeconfig-missing",
        `${name} is no kubeconfig: ${(error as Error).message.split("\n")[0] ?? ""}`,
      );
    }
    if (context !== undefined) config.setCurrentContext(context);
    const cluster = config.getCurrentCluster();
    if (!cluster) {
      const known = config.getContexts().map((each) => each.name);
      throw new NoCluster(
        "context-unknown",
        `${name} has no context "${context ?? ""}", but ${known.join(", ") || "none"}`,
      );
    }
    tellPlugin(config.getCurrentUser());
    const options: https.RequestOptions = {};
    try {
      await config.applyToHTTPSOptions(options);
    } catch (error) {
      throw new NoCluster(
        "cluster-login-ended",
        `the login of context "${config.getCurrentContext()}" fails: ${(error as Error).message.trim().split("\n")[0] ?? ""}`,
      );
    }
    const { headers, auth, agent, ...tls } = options;
    const basic = typeof auth === "string" && { authorization: `Basic ${Buffer.from(auth).toString("base64")}` };
    const flat = Object.fromEntries(Object.entries(headers ?? {}).map(([key, value]) => [key, String(value)]));
    return new Kubernetes(
      http,
      cluster.server.replace(/\/$/, ""),
      { ...tls, ...(agent && { agent }) },
      { ...flat, ...basic },
    );
  }

  /** @returns The server's version. @throws {NoCluster} Where it does not answer, or does not know who asks. */
  async version(): Promise<string> {
    let answer: Answer;
    try {
      answer = await this.request("/version");
    } catch (error) {
      if (error instanceof NetworkFault) throw new NoCluster("cluster-unreachable", `${this.server}: ${error.message}`);
      throw error;
    }
    if (answer.status === 401) throw new NoCluster("cluster-login-ended", `${this.server} answers 401 Unauthorized`);
    const version = jsonOf(answer.body) as { gitVersion?: string } | undefined;
    if (version?.gitVersion === undefined)
      throw new NoCluster("cluster-unreachable", `${this.server} answers ${answer.status}, and is no API server`);
    return version.gitVersion;
  }

  /** @returns undefined where there is none. @throws {NotAllowed} */
  async get<T extends KubeObject>(path: string): Promise<T | undefined> {
    const answer = await this.request(path);
    if (answer.status === 404) return undefined;
    return this.read(path, answer) as T;
  }

  /** @throws {NotAllowed} */
  async list<T extends KubeObject>(path: string): Promise<readonly T[]> {
    return (this.read(path, await this.request(path)) as List<T>).items;
  }

  /** Whether the login may do something: a SelfSubjectAccessReview, which changes nothing. */
  async may(verb: string, resource: string, namespace?: string): Promise<boolean> {
    const [, name = "", group = ""] = /^([^.]*)\.?(.*)$/.exec(resource) ?? [];
    const body = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { resourceAttributes: { verb, resource: name, group, ...(namespace !== undefined && { namespace }) } },
    };
    const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    const answer = await this.send("POST", path, body);
    return (this.read(path, answer) as { status?: { allowed?: boolean } }).status?.allowed === true;
  }

  /** Whether the API has a kind. @param groupVersion `external-secrets.io/v1` */
  async serves(groupVersion: string, kind: string): Promise<boolean> {
    const found = await this.document<{ resources?: { kind?: string }[] }>(`/apis/${groupVersion}`);
    return found?.resources?.some((resource) => resource.kind === kind) === true;
  }

  /** What the API says at a path that is no object. @returns undefined where there is none. @throws {NotAllowed} */
  async document<T extends object>(path: string): Promise<T | undefined> {
    const answer = await this.request(path);
    return answer.status === 404 ? undefined : (this.read(path, answer) as T);
  }

  /** A token of a service account: the API server gives one, and keeps nothing. @throws {NotAllowed} */
  async tokenOf(namespace: string, account: string, audience: string, seconds: number): Promise<string> {
    const body = {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { audiences: [audience], expirationSeconds: seconds },
    };
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
    const answer = this.read(path, await this.send("POST", path, body)) as { status?: { token?: string } };
    return answer.status?.token ?? "";
  }

  /** Sends an object, or takes one away. @param method POST or DELETE */
  send(method: string, path: string, body?: object): Promise<Answer> {
    return this.request(path, { method, ...(body && { body: JSON.stringify(body) }) });
  }

  private request(path: string, options: { readonly method?: string; readonly body?: string } = {}): Promise<Answer> {
    const headers = {
      accept: "application/json",
      ...(options.body !== undefined && { "content-type": "application/json" }),
      ...this.headers,
    };
    return this.http.request(`${this.server}${path}`, { ...options, headers, tls: this.tls });
  }

  private read(path: string, { status, body }: Answer): object {
    const json = jsonOf(body) as { message?: string } | undefined;
    if ((status === 200 || status === 201) && json !== undefined) return json;
    if (status === 403) throw new NotAllowed(`the right to read ${path}`);
    if (status === 401) throw new NoCluster("cluster-login-ended", `${this.server} answers 401 Unauthorized`);
    throw new NoCluster("cluster-unreachable", `${path}: ${status} ${json?.message ?? ""}`.trimEnd());
  }
}

/** The library says nothing of the cluster to plug-ins, and kubelogin refuses to run without. */
function tellPlugin(user: { exec?: { apiVersion?: string; env?: { name: string; value: string }[] } } | null): void {
  if (!user?.exec) return;
  const { apiVersion = "client.authentication.k8s.io/v1beta1", env = [] } = user.exec;
  const value = JSON.stringify({ apiVersion, kind: "ExecCredential", spec: { interactive: false } });
  user.exec.env = [...env, { name: "KUBERNETES_EXEC_INFO", value }];
}
