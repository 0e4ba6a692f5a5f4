import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CloudError } from "../sdk/model";
import { imageOf } from "./dockerfile";
import { parseImage } from "../../diagnosis/image-name";
import type { ContainerRegistries } from "./registry";
import type { ImageContent } from "./registry-object";
import { sha256 } from "./registry";

export interface BuildRequest {
  /** Folder, absolute or relative to the engine's working directory. */
  readonly context: string;
  /** Inside the context. @default "Dockerfile" */
  readonly dockerfile?: string | undefined;
  readonly buildArgs?: Readonly<Record<string, string>> | undefined;
  readonly platform?: string | undefined;
  /** Build stage. @default - the last */
  readonly target?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** An engine that builds and pushes for real. */
export interface RealEngine {
  /** @param request Its context is absolute. @returns The image id. */
  build(name: string, request: BuildRequest): Promise<string>;
  /** @returns The digest that the registry reports. */
  push(name: string): Promise<string>;
}

/** A Docker engine: builds, keeps images by name, pushes. */
export class DockerEngine {
  /** Whether the daemon answers. */
  available = true;
  /** What relative contexts are relative to: the folder that Terraform runs in. */
  workingDirectory = process.cwd();
  /** Image ids by name. */
  readonly images = new Map<string, string>();
  /** What is known of each image, by its id. */
  private readonly contents = new Map<string, ImageContent>();
  /** Digests that registries gave, by image id and repository. */
  private readonly digests = new Map<string, string>();
  /** Decides ids and digests where it is set. @default - both are made up */
  real: RealEngine | undefined;

  constructor(private readonly registries: ContainerRegistries) {}

  /** @throws CloudError where there is no daemon. */
  ping(): void {
    if (this.available) return;
    throw new CloudError(
      "Error pinging Docker server: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    );
  }

  /** @returns The image id: equal inputs give equal ids. @throws CloudError for a missing context or Dockerfile. */
  build(name: string, request: BuildRequest): string {
    this.ping();
    const context = resolve(this.workingDirectory, request.context);
    if (!existsSync(context) || !statSync(context).isDirectory()) {
      throw new CloudError(`unable to prepare context: path "${request.context}" not found`);
    }
    const dockerfile = request.dockerfile ?? "Dockerfile";
    if (!existsSync(join(context, dockerfile))) {
      throw new CloudError(`unable to build image: Cannot locate specified Dockerfile: ${dockerfile}`);
    }
    const { platform = "", target } = request;
    const [buildArgs, labels] = [sorted(request.buildArgs), sorted(request.labels)];
    const inputs = { files: fileHashes(context), dockerfile, buildArgs, platform, target, labels };
    const id = sha256(JSON.stringify(inputs));
    this.images.set(name, id);
    this.contents.set(id, imageOf(readFileSync(join(context, dockerfile), "utf8"), request));
    return id;
  }

  /** As `build`, by the real engine where there is one. */
  async buildImage(name: string, request: BuildRequest): Promise<string> {
    const madeUp = this.build(name, request);
    if (!this.real) return madeUp;
    const id = await this.real.build(name, { ...request, context: resolve(this.workingDirectory, request.context) });
    this.images.set(name, id);
    return id;
  }

  /** As `push`, by the real engine where there is one. */
  async pushImage(name: string): Promise<string> {
    if (!this.real) return this.push(name);
    const { host, repository, reference } = parseImage(name);
    this.registries.assertReached(host);
    const digest = await this.real.push(name);
    this.registries.push(host, repository, reference, digest);
    this.digests.set(this.digestKey(name), digest);
    return digest;
  }

  /** @returns The digest of the pushed manifest. @throws CloudError for an image that is not here, or an unknown host. */
  push(name: string): string {
    this.ping();
    const image = parseImage(name);
    const id = this.images.get(name);
    if (id === undefined) {
      throw new CloudError(`An image does not exist locally with the tag: ${image.host}/${image.repository}`);
    }
    this.registries.assertReached(image.host);
    const digest = sha256(`manifest of ${id}`);
    this.registries.push(image.host, image.repository, image.reference, digest, this.contents.get(id));
    this.digests.set(this.digestKey(name), digest);
    return digest;
  }

  /** @returns `host/repository@sha256:…`, undefined for an image that was never pushed there. */
  repoDigest(name: string): string | undefined {
    const { host, repository } = parseImage(name);
    const digest = this.digests.get(this.digestKey(name));
    return digest && `${host}/${repository}@${digest}`;
  }

  private digestKey(name: string): string {
    const { host, repository } = parseImage(name);
    return `${this.images.get(name) ?? ""} ${host}/${repository}`;
  }
}

function sorted(map: Readonly<Record<string, string>> = {}): [string, string][] {
  return Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Path, permission and content of each file. */
function fileHashes(folder: string): [string, string, string][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => ({ path, stat: statSync(join(folder, path)) }))
    .filter(({ stat }) => stat.isFile())
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ path, stat }) => [path, stat.mode & 0o100 ? "x" : "-", sha256(readFileSync(join(folder, path)))]);
}
