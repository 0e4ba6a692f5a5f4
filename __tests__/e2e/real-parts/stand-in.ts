import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { docker } from "../../../preview/docker";
import type { Credentials } from "../../../rehearsal";
import { BASE_IMAGE } from "../base-image";
import { DockerClient } from "../docker-client";
import { PROJECT } from "../stage";

/** Builds an image that answers on all of these ports: it takes the place of those that other pipelines push. */
export async function buildStandIn(ports: readonly number[]): Promise<string> {
  const name = "acr-pull-e2e/stand-in:local";
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "stand-in-"));
  try {
    fs.cpSync(path.join(PROJECT, "docker-manifests"), folder, { recursive: true });
    const file = path.join(folder, "nginx.conf");
    const listen = ports.map((port) => `listen ${port};`).join(" ");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("listen 80;", listen));
    await docker(["build", "--build-arg", `BASE_IMAGE=${BASE_IMAGE}`, "--tag", name, folder]);
    return name;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** @returns The digest of the image in its new place. @param name `host/repository:tag` */
export async function pushStandIn(image: string, name: string, pusher: Credentials): Promise<string> {
  await docker(["tag", image, name]);
  return new DockerClient(pusher).push(name);
}
