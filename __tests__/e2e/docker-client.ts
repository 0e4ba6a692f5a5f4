import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildArguments } from "../../preview/build-arguments";
import { docker } from "../../preview/docker";
import { type BuildRequest, type Credentials, parseImage, type RealEngine } from "../../rehearsal";
import { askForManifest } from "./registry-client";

/** A folder for `docker --config` that holds nothing but these credentials. @param json Of a config.json. */
export function configFolder(json: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "docker-config-"));
  fs.writeFileSync(path.join(folder, "config.json"), json);
  return folder;
}

/** A config.json as `docker login` writes it. */
export function configJson(host: string, { username, password }: Credentials): string {
  return JSON.stringify({ auths: { [host]: { auth: Buffer.from(`${username}:${password}`).toString("base64") } } });
}

/** What the docker provider does for the images stack, done with the docker command. */
export class DockerClient implements RealEngine {
  /** What was built, by name. */
  readonly builds = new Map<string, BuildRequest>();

  constructor(private readonly pusher: Credentials) {}

  async build(name: string, request: BuildRequest): Promise<string> {
    this.builds.set(name, request);
    await docker(buildArguments(name, request));
    return docker(["image", "inspect", "--format", "{{.Id}}", name]);
  }

  async push(name: string): Promise<string> {
    const { host, repository, reference } = parseImage(name);
    const config = configFolder(configJson(host, this.pusher));
    try {
      await docker(["push", name], { config });
    } finally {
      fs.rmSync(config, { recursive: true });
    }
    const { digest } = await askForManifest(host, repository, reference, this.pusher);
    if (digest === undefined) throw new Error(`${name} was pushed, and the registry has no digest for it`);
    return digest;
  }
}
