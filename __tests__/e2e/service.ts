import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { setTimeout } from "node:timers/promises";
import { lastLines } from "../../preview/docker";

const INTERVAL_MS = 50;
const PATIENCE_MS = 30_000;

/** A program that runs until it is stopped, and writes to a log file. */
export class Service {
  private constructor(
    private readonly child: ChildProcess,
    private readonly log: string,
  ) {}

  /**
   * @param isReady Asked again and again until it says yes.
   * @throws {Error} With its last line, where it ends first or takes too long.
   */
  static async start(command: readonly string[], log: string, isReady: () => Promise<boolean>): Promise<Service> {
    const [program = "", ...args] = command;
    const output = fs.openSync(log, "w");
    const child = spawn(program, args, { stdio: ["ignore", output, output] });
    fs.closeSync(output);
    const service = new Service(child, log);
    await once(child, "spawn");
    const end = Date.now() + PATIENCE_MS;
    while (!(await isReady())) {
      if (service.ended || Date.now() > end) {
        await service.stop();
        throw new Error(`${program} does not start: ${service.lastWords()}`);
      }
      await setTimeout(INTERVAL_MS);
    }
    return service;
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await exit;
  }

  private lastWords(): string {
    return lastLines(fs.readFileSync(this.log, "utf8"), 1);
  }

  private get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
