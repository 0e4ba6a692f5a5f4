import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { stringify } from "yaml";
import type { LiveReport } from "../../../live/report";
import { PROJECT, temporaryFolder } from "../../support/synthesized";
import { ApiServer, type TestCluster } from "./api-server";
import { ISSUERS, TestAzure, type TestApplication, type TestRegistry } from "./azure";
import { Authority, type Certificate } from "./certificates";

export const TENANT = "11111111-1111-1111-1111-111111111111";
export const SUBSCRIPTION = "22222222-2222-2222-2222-222222222222";

/** Hosts that the test's Azure answers as. */
const HOSTS = [
  "login.microsoftonline.com",
  "management.azure.com",
  "graph.microsoft.com",
  "blobs.example.net",
  ISSUERS,
];

export interface StageProps {
  readonly registries: Readonly<Record<string, TestRegistry>>;
  readonly applications?: readonly TestApplication[];
  readonly clusters?: Readonly<Record<string, TestCluster>>;
  /** As {@link TestAzure} has them. */
  readonly aks?: Readonly<Record<string, string | null>>;
  readonly issuers?: Readonly<Record<string, readonly string[]>>;
  readonly may?: ConstructorParameters<typeof ApiServer>[1];
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `doctor`, `verify` and `status` ask, on this machine: registries over TLS, Azure, API servers, and an Azure CLI. */
export class Stage {
  readonly folder = temporaryFolder();
  private routes: string[] = [];

  private constructor(
    readonly azure: TestAzure,
    readonly api: ApiServer,
    readonly authority: Authority,
  ) {}

  static async open({ registries, applications = [], clusters = {}, aks, issuers, may }: StageProps): Promise<Stage> {
    const folder = temporaryFolder();
    const stage = new Stage(
      new TestAzure(registries, applications, aks, issuers),
      new ApiServer(clusters, may),
      new Authority(folder),
    );
    const hosts = [...HOSTS, ...Object.keys(registries).map((name) => `${name}.azurecr.io`)];
    await stage.serve(stage.authority.issue("azure", hosts), hosts);
    stage.write(await stage.api.listen(), Object.keys(clusters));
    return stage;
  }

  /** Has hosts answered with a certificate of their own. */
  async serve(certificate: Certificate, hosts: readonly string[]): Promise<void> {
    const port = await this.azure.listen(certificate);
    this.route(...hosts.map((host) => `${host}:127.0.0.1:${port}`));
  }

  /** Later routes of a host are over earlier ones. */
  route(...routes: readonly string[]): void {
    this.routes = [...this.routes, ...routes];
  }

  /** Writes an environment file. @returns Its path. */
  environment(name: string, content: object): string {
    const file = path.join(this.folder, `${name}.yaml`);
    fs.writeFileSync(file, stringify({ azure: { tenantId: TENANT, subscriptionId: SUBSCRIPTION }, ...content }));
    return file;
  }

  /** Runs a command, with its home folder, its PATH and its CA here. */
  async run(
    [command = "", ...rest]: readonly string[],
    further: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    const routes = this.routes.flatMap((route) => ["--resolve", route]);
    const variables = Object.entries(process.env).filter(([name]) => !/^(ARM_|AZURE_|CI$)/.test(name));
    const child = spawn(process.execPath, [path.join(PROJECT, "tools/acr-pull.cjs"), command, ...routes, ...rest], {
      env: {
        ...Object.fromEntries(variables),
        ...{
          HOME: this.folder,
          PATH: `${this.folder}/bin:${process.env.PATH ?? ""}`,
          NODE_EXTRA_CA_CERTS: this.authority.file,
        },
        ...{ TF_CLI_CONFIG_FILE: os.devNull, CDKTF_OUTDIR: path.join(this.folder, "out"), ...further },
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close") as Promise<[number | null]>,
    ]);
    return { code, stdout, stderr };
  }

  /** @returns The reports of `--json`, by their environments' names. */
  async reports(
    command: string,
    files: readonly string[],
    args: readonly string[] = [],
  ): Promise<Map<string, LiveReport>> {
    const { stdout, stderr } = await this.run([
      command,
      "--json",
      ...args,
      ...files.flatMap((file) => ["--environment", file]),
    ]);
    if (!stdout.startsWith("[")) throw new Error(stderr);
    return new Map((JSON.parse(stdout) as LiveReport[]).map((report) => [report.environment, report]));
  }

  close(): void {
    this.azure.close();
    this.api.close();
  }

  private write(server: string, clusters: readonly string[]): void {
    const entries = (of: (name: string) => object) => clusters.map((name) => ({ name, ...of(name) }));
    const kubeconfig = {
      ...{ apiVersion: "v1", kind: "Config" },
      clusters: entries((name) => ({ cluster: { server: `${server}/${name}`, "insecure-skip-tls-verify": true } })),
      users: [{ name: "test", user: { token: "cluster-login" } }],
      contexts: entries((cluster) => ({ context: { cluster, user: "test" } })),
    };
    fs.mkdirSync(path.join(this.folder, ".kube"));
    fs.writeFileSync(path.join(this.folder, ".kube/config"), stringify(kubeconfig));
    this.azure.kubeconfig = stringify(kubeconfig);
    fs.mkdirSync(path.join(this.folder, "bin"));
    const answer = JSON.stringify({
      accessToken: "operator-login",
      expiresOn: "2099-01-01 00:00:00.000000",
      expires_on: 4070908800,
      tokenType: "Bearer",
    });
    fs.writeFileSync(path.join(this.folder, "bin/az"), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  }
}
