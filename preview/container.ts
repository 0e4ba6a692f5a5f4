import { setTimeout } from "node:timers/promises";
import { docker, lastLines } from "./docker";
import { UserError } from "../config/user-error";

/** As long as the startup probe of a workload gives it: 30 times 2 seconds. */
const STARTUP_MS = 60_000;
const PROBE_INTERVAL_MS = 100;

/** Seconds that a container has to end by itself. */
const GRACE_SECONDS = 5;

export interface ContainerOptions {
  readonly image: string;
  /** Options of `docker create`. */
  readonly options: readonly string[];
  /** Of the program. @default - the image's CMD */
  readonly args?: readonly string[];
  /** Port that it listens on. */
  readonly port: number;
  /** Port of 127.0.0.1 that leads there. */
  readonly localPort: number;
}

/** A container whose web server is reached by a port of this machine. */
export class Container {
  readonly address: string;

  private constructor(
    readonly id: string,
    localPort: number,
  ) {
    this.address = `http://127.0.0.1:${localPort}/`;
  }

  static async start({ image, options, args = [], port, localPort }: ContainerOptions): Promise<Container> {
    const publish = ["--publish", `127.0.0.1:${localPort}:${port}`];
    const container = new Container(await docker(["create", ...publish, ...options, image, ...args]), localPort);
    try {
      await docker(["start", container.id]);
    } catch (error) {
      await container.remove();
      throw error;
    }
    return container;
  }

  /**
   * Waits until the path is served, whatever the answer.
   * @throws {UserError} Where the container ends first, or takes too long.
   */
  async untilItAnswers(path: string, signal?: AbortSignal): Promise<void> {
    const end = Date.now() + STARTUP_MS;
    while (!signal?.aborted) {
      const answer = await fetch(new URL(path, this.address)).catch(() => undefined);
      if (answer) return;
      if ((await this.inspect("{{.State.Running}}")) !== "true") {
        throw new UserError(`the container ended: ${await this.lastWords()}`);
      }
      if (Date.now() > end) {
        throw new UserError(`no answer within ${STARTUP_MS / 1000} seconds: ${await this.lastWords()}`);
      }
      await setTimeout(PROBE_INTERVAL_MS);
    }
  }

  /** @param format Template of what to tell of the container. */
  inspect(format: string): Promise<string> {
    return docker(["inspect", "--format", format, this.id]);
  }

  /** Ends it in its own way, then removes it with its volumes. */
  async remove(): Promise<void> {
    await docker(["stop", "--time", String(GRACE_SECONDS), this.id]);
    await docker(["rm", "--force", "--volumes", this.id]);
  }

  private async lastWords(): Promise<string> {
    return lastLines(await docker(["logs", this.id], { withErrors: true }));
  }
}
