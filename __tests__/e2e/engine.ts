import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Service } from "./service";

/** A Docker engine of this machine. Registries on 127.0.0.1 are plain HTTP for it. */
export interface Engine {
  /** Value of DOCKER_HOST. */
  readonly host: string;
  readonly stop: () => Promise<void>;
}

/** Made by every engine that manages its own bridge, and not removed by it. */
const BRIDGE = "docker0";

/**
 * The engine that DOCKER_HOST names, or the one that answers anyway, or else a private one that leaves nothing behind.
 * @throws {Error} Where none can run.
 */
export async function startEngine(): Promise<Engine> {
  const { DOCKER_HOST: given } = process.env;
  if (answers(given)) return { host: given ?? "unix:///var/run/docker.sock", stop: () => Promise.resolve() };
  if (given !== undefined) throw new Error(`no engine answers at DOCKER_HOST=${given}`);
  if (os.platform() !== "linux" || os.userInfo().uid !== 0) {
    throw new Error("no engine answers, and only root on Linux can start one");
  }
  if (spawnSync("dockerd", ["--version"]).error) {
    throw new Error("no engine answers, and dockerd is not on the PATH (apt-get install -y docker.io)");
  }
  return startPrivateEngine();
}

async function startPrivateEngine(): Promise<Engine> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "engine-"));
  const host = `unix://${folder}/docker.sock`;
  const hadBridge = hasBridge();
  const options = {
    ...{ host, pidfile: `${folder}/pid`, "exec-root": `${folder}/exec`, "data-root": `${folder}/data` },
    // Ports are published by a proxy, without a rule in anybody's firewall.
    ...{ iptables: "false", ip6tables: "false" },
  };
  const command = ["dockerd", ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)];
  const cleanUp = () => {
    if (!hadBridge && hasBridge()) spawnSync("ip", ["link", "delete", BRIDGE]);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    const service = await Service.start(command, `${folder}/log`, () => Promise.resolve(answers(host)));
    return { host, stop: () => service.stop().then(cleanUp) };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

function answers(host: string | undefined): boolean {
  const args = ["version", "--format", "{{.Server.Version}}"];
  return spawnSync("docker", host === undefined ? args : ["--host", host, ...args]).status === 0;
}

function hasBridge(): boolean {
  return fs.existsSync(`/sys/class/net/${BRIDGE}`);
}
