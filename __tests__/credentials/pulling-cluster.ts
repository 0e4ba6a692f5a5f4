import type { Rotation } from "../../config";
import type { Rehearsal, RehearsedStack } from "../../rehearsal";
import { rehearsalOf } from "../rehearsal/rehearsals";
import { environmentFrom } from "../support/environment";

export const DAY_MS = 24 * 60 * 60 * 1000;
/** The longest that Entra ID was seen to need before it accepts a new password everywhere. */
export const REPLICATION_MS = 18 * 1000;

/** In the middle of a generation of the default rotation; its active slot is 0. */
export const NOON = new Date("2026-01-31T12:00:00Z");
/** What the schema gives where the file says nothing. */
export const ROTATION: Rotation = { periodDays: 30, slots: 4, lag: 1, maximumLifetimeDays: 180 };
export const PERIOD_MS = ROTATION.periodDays * DAY_MS;

export const PRINCIPAL = { servicePrincipal: { name: "pull" } };
export const TOKEN = { registryToken: { name: "pull-token" } };
/** In the registry's resource group, which the registry stack makes. */
export const KEY_VAULT = { name: "rotation-kv", resourceGroup: "rotation-rg", location: "westeurope" };

/** One cluster that pulls in the given way, and one workload on it. */
export function environmentPulling(pull: object, { aks = false } = {}) {
  const connection = aks
    ? { aks: { name: "aksdemo2", resourceGroup: "acr-rg2" } }
    : { kubeconfig: { context: "aksdemo2" } };
  return environmentFrom(`
registry: { name: rotationregistry, resourceGroup: rotation-rg, location: westeurope, sku: Basic }
images: { web: { repository: shop/web, tag: 1.4.0, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters: { aksdemo2: ${JSON.stringify({ ...connection, pull })} }
workloads: { web: { image: web, clusters: [aksdemo2], namespace: shop, port: 8080 } }
`);
}

/** A cluster whose pods are started anew all the time, and the two stacks that keep it pulling. */
export class PullingCluster {
  tried = 0;
  /** Reasons, in the order of the pulls. */
  readonly refused: string[] = [];

  private constructor(readonly rehearsal: Rehearsal) {}

  /** Deploys everything at the given time, and waits between identity and workload until the passwords are known. */
  static async deploy(pull: object, now: Date): Promise<PullingCluster> {
    const rehearsal = rehearsalOf({ environment: environmentPulling(pull), now });
    rehearsal.clouds.entra.replicationLagMs = REPLICATION_MS;
    const cluster = new PullingCluster(rehearsal);
    for (const stack of rehearsal.stacks) {
      if (stack === cluster.workloadStack) cluster.wait();
      await rehearsal.deployStack(stack);
    }
    return cluster;
  }

  get identityStack(): RehearsedStack {
    return this.rehearsal.stack("-identity-aksdemo2");
  }

  get workloadStack(): RehearsedStack {
    return this.rehearsal.stack("-workload-aksdemo2");
  }

  get now(): number {
    return this.rehearsal.clouds.clock.now().getTime();
  }

  moveTo(time: number): void {
    this.rehearsal.clouds.clock.set(new Date(time));
  }

  /** Lets time pass. @param ms @default - until Entra ID knows new passwords */
  wait(ms = REPLICATION_MS): void {
    this.rehearsal.clouds.clock.advance(ms);
  }

  async applyIdentity(...args: string[]): Promise<string> {
    return run(this.identityStack, "apply", "-auto-approve", ...args);
  }

  async applyWorkload(...args: string[]): Promise<string> {
    return run(this.workloadStack, "apply", "-auto-approve", ...args);
  }

  /** Starts all pods anew. @returns Why pulls were refused */
  pull(): string[] {
    const pulls = this.rehearsal.clouds.clusters.flatMap((cluster) => cluster.restartPods());
    const reasons = pulls.flatMap(({ reason }) => reason ?? []);
    this.tried += pulls.length;
    this.refused.push(...reasons);
    return reasons;
  }
}

/** Runs a command of Terraform that takes `-input`. @returns All that it says. @throws {Error} Where it fails */
export async function run(stack: RehearsedStack, command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await stack.terraform([command, "-input=false", "-no-color", ...args]);
  if (code !== 0) throw new Error(`terraform -chdir=${stack.name} ${command} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout + stderr;
}

/** Address of the resource in a stack whose logical id has this in it: `slot-2`. */
export function addressOf({ name, stack }: RehearsedStack, part: string): string {
  const addresses = Object.entries(stack.json.resource ?? {}).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((id) => `${type}.${id}`),
  );
  const found = addresses.find((address) => address.includes(part));
  if (found === undefined) throw new Error(`no resource with "${part}" in ${name}: ${addresses.join(", ")}`);
  return found;
}
