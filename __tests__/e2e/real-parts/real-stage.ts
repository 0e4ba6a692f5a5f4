import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment, Workload } from "../../../config";
import { isText } from "../../../config/text";
import { freePort } from "../../../preview/port";
import { type Credentials, Rehearsal, type RehearsedStack } from "../../../rehearsal";
import { STACK_FILE } from "../../../synthesis/manifest";
import { wavesOf } from "../../../synthesis/waves";
import { BASE_IMAGE } from "../base-image";
import { configJson } from "../docker-client";
import { startRegistry } from "../registry";
import { makeSigningKey } from "../signing-key";
import { addPusher, e2eEnvironment, PROJECT } from "../stage";
import { TokenService } from "../token-service";
import type { RealParts } from "./given";
import { Kubectl } from "./kubectl";
import { buildStandIn, pushStandIn } from "./stand-in";

/** JSON of a stack, as far as it has to be told where the real parts are. */
interface Json {
  readonly provider?: {
    readonly kubernetes?: object[];
    readonly docker?: { registry_auth?: { address: string }[] }[];
  };
  readonly resource?: {
    readonly kubernetes_deployment_v1?: Readonly<Record<string, { spec: { template: { spec: PodSpec } } }>>;
    readonly docker_image?: Readonly<Record<string, { build: { platform?: string; build_args?: object } }>>;
  };
}

interface DeploymentState {
  readonly metadata: readonly [{ readonly namespace: string }];
}

interface PodSpec {
  readonly image_pull_secrets?: object[];
  readonly node_selector?: Readonly<Record<string, string>>;
}

/**
 * One environment on a real cluster, by the real providers of kubernetes and docker, with a real engine and registry.
 * Azure is the rehearsal's, whose principals and tokens the registry asks for, unless something else was given.
 */
export class RealStage {
  private readonly cleanUps: (() => Promise<void> | void)[] = [];
  private tokens: TokenService | undefined;
  /** May push, and pulls for others. @default - there is none where Azure was given */
  private pusher: Credentials | undefined;
  /** Digests that other pipelines' images have in the registry, by the made-up ones of the environment file. */
  private readonly digests = new Map<string, string>();

  private constructor(
    private readonly environment: Environment,
    private readonly parts: RealParts,
    private readonly kubectl: Kubectl,
    private readonly rehearsal: Rehearsal,
    private readonly loginServer: string,
    private readonly namespaces: readonly string[],
  ) {}

  /** @param file Environment file, relative to the project. */
  static async open(file: string, parts: RealParts): Promise<RealStage> {
    const environment = e2eEnvironment(file);
    const kubectl = new Kubectl(parts.kubeconfig);
    const namespaces = kubectl.namespaces();
    const env: Record<string, string> = { TF_CLI_CONFIG_FILE: parts.cliConfig };
    const rehearsal = new Rehearsal({
      environment,
      projectDirectory: PROJECT,
      mutate: (_, text) => JSON.stringify(onRealParts(JSON.parse(text) as Json, parts), undefined, 2),
      real: {
        names: ["kubernetes", "docker", ...(parts.azure ? ["azurerm", "azuread"] : [])],
        // Proxies and certificates on the way to Azure are not those on the way to registry and cluster.
        env: ({ json }) => ({ ...env, ...(needsAzure(json) ? parts.azure : push(parts.azure)) }),
      },
    });
    const loginServer = `${parts.address}:${parts.port || (await freePort())}`;
    const stage = new RealStage(environment, parts, kubectl, rehearsal, loginServer, namespaces);
    stage.cleanUps.push(() => {
      rehearsal.close();
    });
    try {
      stage.makeNamespaces();
      if (!parts.azure) await stage.openRegistry(env);
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  /** Stacks of everything but clusters, wave by wave; each with a second plan, which must be empty. */
  async deployShared(): Promise<void> {
    for (const wave of wavesOf(this.rehearsal.stacks)) {
      await Promise.all(wave.filter((stack) => !isWorkload(stack)).map((stack) => this.rehearsal.deployStack(stack)));
    }
    if (this.pusher) await this.pushStandIns(this.pusher);
  }

  /** Whether the environment runs something in the cluster of a stack: else it is for what others deploy. */
  runsPods(stack: string): boolean {
    const { workloads, manifests } = this.environment;
    const keys = [...Object.values(workloads), ...Object.values(manifests)].flatMap(({ clusters }) => clusters);
    return keys.some((key) => stack.endsWith(`-${key}`));
  }

  /** Names of the stacks that fill clusters. */
  get workloads(): string[] {
    return this.rehearsal.stacks.filter(isWorkload).map(({ name }) => name);
  }

  /**
   * Deploys what runs in one cluster, counts the pods and destroys it again: the one cluster stands for each in turn.
   * @returns Names of the pods. @throws {Error} Where one does not run, with what the cluster warned of.
   */
  async deployWorkload(name: string): Promise<string[]> {
    const stack = this.rehearsal.stack(name);
    const deployments = Object.values((stack.stack.json as Json).resource?.kubernetes_deployment_v1 ?? {});
    this.labelNodes(deployments.map(({ spec }) => spec.template.spec));
    if (this.tokens) this.tokens.nodesPull = deployments.every(({ spec }) => !spec.template.spec.image_pull_secrets);
    this.pinStandIns(stack);
    const done = new AbortController();
    const others = this.keepOthersSecrets(name, done.signal);
    try {
      await this.rehearsal.deployStack(stack);
      const namespaces = (await stack.state()).flatMap(({ address, values }) =>
        address.startsWith("kubernetes_deployment_v1.") ? (values as DeploymentState).metadata[0].namespace : [],
      );
      const pods = [...new Set(namespaces)].map((namespace) => this.kubectl.pods(namespace));
      const notReady = pods.flatMap((found) => found.notReady);
      if (notReady.length > 0) throw new Error(`${notReady.join(", ")}: not ready`);
      return pods.flatMap(({ all }) => all);
    } catch (error) {
      throw new Error(`${(error as Error).message}\nThe cluster warned:\n${this.kubectl.warnings()}`, { cause: error });
    } finally {
      done.abort();
      await others;
      await this.rehearsal.destroyStack(stack);
    }
  }

  /** Destroys what {@link deployShared} made. @returns What is left in the clouds of the rehearsal. */
  async destroyShared(): Promise<string[]> {
    for (const wave of wavesOf(this.rehearsal.stacks).reverse()) {
      await Promise.all(wave.filter((stack) => !isWorkload(stack)).map((stack) => this.rehearsal.destroyStack(stack)));
    }
    return this.rehearsal.clouds.leftovers();
  }

  /** Names of namespaces that were not there before. */
  leftNamespaces(): string[] {
    const given = [...this.namespaces, ...this.ownNamespaces()];
    return this.kubectl.namespaces().filter((name) => !given.includes(name));
  }

  async close(): Promise<void> {
    for (const cleanUp of this.cleanUps.reverse()) await cleanUp();
  }

  /** The registry, which needs no real one in Azure. @param env Of Terraform, which gets to know who pushes. */
  private async openRegistry(env: Record<string, string>): Promise<void> {
    const { loginServer, rehearsal, parts } = this;
    const { clouds } = rehearsal;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "real-stage-"));
    this.cleanUps.push(() => {
      fs.rmSync(folder, { recursive: true });
    });
    const key = makeSigningKey(folder);
    clouds.arm.setLoginServer(this.environment.registry.name, loginServer);
    const tokens = await TokenService.start(clouds, key, parts.address);
    this.tokens = tokens;
    this.cleanUps.push(() => {
      tokens.close();
    });
    const { certificateFile } = key;
    const service = await startRegistry({ folder, loginServer, realm: tokens.url, certificateFile });
    this.cleanUps.push(() => service.stop());

    const { credentials, allow } = addPusher(rehearsal);
    this.pusher = credentials;
    Object.assign(env, { DOCKER_REGISTRY_USER: credentials.username, DOCKER_REGISTRY_PASS: credentials.password });
    await rehearsal.deployStack(rehearsal.stack("-registry"));
    allow();
    await this.pushTagged(credentials);
  }

  /** What the file knows by a tag that another pipeline pushes: plans ask the registry for it. */
  private async pushTagged(pusher: Credentials): Promise<void> {
    const { images, workloads } = this.environment;
    const names = Object.entries(images).flatMap(([key, { repository, origin }]) =>
      origin.kind === "tagged" ? [{ key, name: `${this.loginServer}/${repository}:${origin.tag}` }] : [],
    );
    if (names.length === 0) return;
    const keys = names.map(({ key }) => key);
    const ports = Object.values(workloads).flatMap(({ image, port }) => (keys.includes(image) && port ? [port] : []));
    const standIn = await buildStandIn([...new Set(ports)]);
    for (const { name } of names) await pushStandIn(standIn, name, pusher);
  }

  /** Pushes an image for everything that the rehearsal's registry has and no engine built: of other pipelines, of tasks. */
  private async pushStandIns(pusher: Credentials): Promise<void> {
    const { images, workloads } = this.environment;
    const built = Object.keys(images).filter((key) => images[key]?.origin.kind === "docker");
    const ports = Object.values(workloads).flatMap(({ image, port }) =>
      built.includes(image) || port === undefined ? [] : [port],
    );
    if (ports.length === 0) return;
    const image = await buildStandIn([...new Set(ports)]);
    for (const { repositories } of this.rehearsal.clouds.arm.registries.values()) {
      for (const [repository, { tags }] of repositories) {
        for (const [tag, digest] of tags) {
          this.digests.set(digest, await pushStandIn(image, `${this.loginServer}/${repository}:${tag}`, pusher));
        }
      }
    }
  }

  private ownNamespaces(): string[] {
    const existing = Object.entries(this.environment.namespaces).filter(([, { existing }]) => existing);
    return existing.map(([name]) => name).filter((name) => !this.namespaces.includes(name));
  }

  /** Those that the environment expects. */
  private makeNamespaces(): void {
    for (const name of this.ownNamespaces()) {
      this.kubectl.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
      this.cleanUps.push(() => void this.kubectl.run(["delete", "namespace", name]));
    }
    for (const { namespace, env } of Object.values(this.environment.workloads)) {
      if (this.environment.namespaces[namespace]?.existing) this.makeSources(namespace, Object.values(env));
    }
  }

  /** The secrets and config maps of others that variables lie in. */
  private makeSources(namespace: string, values: readonly Workload["env"][string][]): void {
    for (const value of values) {
      if (isText(value)) continue;
      const kind = value.kind === "secret" ? "Secret" : "ConfigMap";
      const data = { [value.key]: Buffer.from("of somebody else").toString("base64") };
      this.kubectl.apply({ apiVersion: "v1", kind, metadata: { name: value.name, namespace }, data });
    }
  }

  /** The one cluster's nodes have whatever labels a workload asks for. */
  private labelNodes(pods: readonly PodSpec[]): void {
    const wanted = Object.assign({}, ...pods.map(({ node_selector: labels = {} }) => labels)) as Record<string, string>;
    for (const [key, value] of Object.entries(wanted)) {
      for (const node of this.kubectl.nodesWithout(key, value)) {
        this.kubectl.run(["label", "node", node, `${key}=${value}`]);
        this.cleanUps.push(() => void this.kubectl.run(["label", "node", node, `${key}-`]));
      }
    }
  }

  private pinStandIns({ stack }: RehearsedStack): void {
    const file = path.join(stack.directory, STACK_FILE);
    let text = fs.readFileSync(file, "utf8");
    for (const [given, real] of this.digests) text = text.replaceAll(given, real);
    fs.writeFileSync(file, text);
  }

  /** Somebody else's pull secret comes into each namespace of a cluster's workloads as soon as that is there. */
  private async keepOthersSecrets(stack: string, signal: AbortSignal): Promise<void> {
    const [key, { pull }] = Object.entries(this.environment.clusters).find(([key]) => stack.endsWith(`-${key}`)) ?? [
      "",
      {},
    ];
    if (pull?.kind !== "existingSecret" || !this.pusher) return;
    const config = Buffer.from(configJson(this.loginServer, this.pusher)).toString("base64");
    const workloads = Object.values(this.environment.workloads).filter(({ clusters }) => clusters.includes(key));
    const missing = new Set(workloads.map(({ namespace }) => namespace));
    while (!signal.aborted && missing.size > 0) {
      for (const namespace of this.kubectl.namespaces().filter((name) => missing.delete(name))) {
        this.kubectl.apply({
          ...{ apiVersion: "v1", kind: "Secret", type: "kubernetes.io/dockerconfigjson" },
          metadata: { name: pull.name, namespace },
          data: { ".dockerconfigjson": config },
        });
      }
      await sleep(500, undefined, { signal }).catch(() => undefined);
    }
  }
}

function needsAzure({ provider = {} }: Json): boolean {
  return "azurerm" in provider || "azuread" in provider;
}

/** What the docker provider has of them. */
function push(variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith("DOCKER_REGISTRY_")));
}

function isWorkload({ stack }: RehearsedStack): boolean {
  return (stack.json as Json).provider?.kubernetes !== undefined;
}

/** Leads a stack to the given cluster, to a registry without TLS, and to a base image that needs no network. */
function onRealParts(json: Json, { kubeconfig, azure }: RealParts): Json {
  const { provider, resource } = json;
  provider?.kubernetes?.splice(0, Infinity, { config_path: kubeconfig });
  if (azure) return json;
  for (const auth of provider?.docker?.flatMap(({ registry_auth: auths = [] }) => auths) ?? []) {
    auth.address = `http://${auth.address}`;
  }
  for (const { build } of Object.values(resource?.docker_image ?? {})) {
    build.build_args = { ...build.build_args, BASE_IMAGE };
    delete build.platform;
  }
  return json;
}
