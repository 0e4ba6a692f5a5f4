import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadConfiguration, type Environment } from "../../config";
import { docker } from "../../preview/docker";
import { freePort } from "../../preview/port";
import { type Cluster, type Credentials, type Registry, Rehearsal } from "../../rehearsal";
import { DockerClient } from "./docker-client";
import { startRegistry } from "./registry";
import type { Service } from "./service";
import { makeSigningKey } from "./signing-key";
import { TokenService } from "./token-service";

/** Root of the project. */
export const PROJECT = path.resolve(__dirname, "../..");

/** Environment file of these tests, relative to the project. */
export const ENVIRONMENT_FILE = "__tests__/e2e/e2e.yaml";

/** In the middle of a rotation period. */
const NOON = new Date("2026-01-31T12:00:00Z");

/**
 * The e2e environment, deployed: its clouds are rehearsed, its images are built by a real engine and lie in a real
 * registry, whose tokens come from a service that asks the rehearsed clouds.
 */
export class Stage {
  private constructor(
    readonly rehearsal: Rehearsal,
    readonly loginServer: string,
    readonly pusher: Credentials,
    readonly docker: DockerClient,
    private readonly folder: string,
    private readonly tokens: TokenService,
    private readonly service: Service,
  ) {}

  static async deploy(): Promise<Stage> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "stage-"));
    const key = makeSigningKey(folder);
    const rehearsal = new Rehearsal({ environment: e2eEnvironment(), projectDirectory: PROJECT, now: NOON });
    const loginServer = `127.0.0.1:${await freePort()}`;
    rehearsal.clouds.arm.setLoginServer("acre2e", loginServer);
    const tokens = await TokenService.start(rehearsal.clouds, key);
    const { certificateFile } = key;
    const service = await startRegistry({ folder, loginServer, realm: tokens.url, certificateFile });

    const { credentials: pusher, allow } = addPusher(rehearsal);
    await rehearsal.deployStack(rehearsal.stack("-registry"));
    allow();
    const docker = new DockerClient(pusher);
    rehearsal.clouds.docker.real = docker;
    await rehearsal.deploy();
    return new Stage(rehearsal, loginServer, pusher, docker, folder, tokens, service);
  }

  get registry(): Registry {
    return registryOf(this.rehearsal);
  }

  /** What is behind the registry: where it sends those without a token, and where it keeps its blobs. */
  get behind(): { readonly realm: string; readonly storage: string } {
    return { realm: this.tokens.url, storage: path.join(this.folder, "registry") };
  }

  /** The cluster with this key. */
  cluster(key: string): Cluster {
    const found = this.rehearsal.world.clusters.find((candidate) => candidate.key === key);
    if (!found) throw new Error(`no cluster ${key}`);
    return found.cluster;
  }

  /** The image of a cluster's Deployment. */
  image(cluster: string): string {
    const [deployment] = this.cluster(cluster).deployments.values();
    return deployment?.spec.template.spec.containers[0]?.image ?? "";
  }

  /** `.dockerconfigjson` of the only pull secret of a cluster. */
  dockerConfig(cluster: string): string {
    const [secret] = this.cluster(cluster).secrets.values();
    return secret?.data?.[".dockerconfigjson"] ?? "";
  }

  /** What a kubelet reads from it. */
  credentials(cluster: string): Credentials {
    const { auths } = JSON.parse(this.dockerConfig(cluster)) as { auths: Record<string, Credentials> };
    const credentials = auths[this.loginServer];
    if (!credentials) throw new Error(`the pull secret of ${cluster} has no credentials for ${this.loginServer}`);
    return credentials;
  }

  async close(): Promise<void> {
    this.rehearsal.close();
    this.tokens.close();
    await this.service.stop();
    // The engine outlives the stage, and equal content is one image there: another suite would find these names on its own.
    await docker(["image", "rm", "--force", ...this.docker.builds.keys()]);
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** @param file Environment file, relative to the project. @default - that of these tests */
export function e2eEnvironment(file = ENVIRONMENT_FILE): Environment {
  const settings = { projectDirectory: PROJECT, environments: [file], outputDirectory: "" };
  const [environment] = loadConfiguration({ ...settings, tokenTraces: false }).environments;
  if (!environment) throw new Error(`${file} has no environment`);
  return environment;
}

function registryOf({ clouds }: Rehearsal): Registry {
  const [registry] = clouds.arm.registries.values();
  if (!registry) throw new Error("there is no registry");
  return registry;
}

/**
 * A pipeline's principal, which pushes. It is there before anything is deployed, so that it is nothing that is left.
 * @returns Its credentials, and what lets it push to the registries that have come since.
 */
export function addPusher({ clouds }: Rehearsal): { readonly credentials: Credentials; readonly allow: () => void } {
  const { entra, arm } = clouds;
  const application = entra.createApplication("pipeline", []);
  const { objectId: principalId } = entra.createServicePrincipal(application.clientId, []);
  const { secret: password } = entra.addPassword(application.objectId, "push");
  const allowed = new Set<string>();
  const allow = () => {
    for (const { id: scope, roleAssignmentMode } of arm.registries.values()) {
      if (allowed.has(scope)) continue;
      const hasAbac = roleAssignmentMode === "AbacRepositoryPermissions";
      const roleName = hasAbac ? "Container Registry Repository Writer" : "AcrPush";
      arm.roles.assign({ scope, roleName, principalId });
      allowed.add(scope);
    }
  };
  allow();
  clouds.takeAsGiven();
  return { credentials: { username: application.clientId, password }, allow };
}
