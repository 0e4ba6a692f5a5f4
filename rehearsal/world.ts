import type { Environment } from "../config";
import { SharedClouds, type World } from "./shared-clouds";

export type { World } from "./shared-clouds";

/** The clouds for one environment alone: its clusters, and everything that it says exists. */
export function createWorld(environment: Environment, now: Date): World {
  return new SharedClouds([environment], now).worldOf(environment);
}

/**
 * The clouds of one run: shared by the environments of one tenant and one Azure cloud. One that names no tenant is taken for
 * one of the only tenant that others name.
 */
export function cloudsOfRun(
  environments: readonly Environment[],
  now: Date,
): (environment: Environment) => SharedClouds {
  const tenants = new Set(environments.flatMap(({ azure }) => azure.tenantId ?? []));
  const [only] = tenants.size === 1 ? tenants : [undefined];
  const homeOf = ({ azure }: Environment) => `${azure.cloud} ${azure.tenantId ?? only ?? ""}`;
  const homes = new Map<string, SharedClouds>();
  for (const environment of environments) {
    const home = homeOf(environment);
    if (homes.has(home)) continue;
    homes.set(
      home,
      new SharedClouds(
        environments.filter((other) => homeOf(other) === home),
        now,
      ),
    );
  }
  return (environment) => {
    const shared = homes.get(homeOf(environment));
    if (!shared) throw new Error(`environment ${environment.name} is none of the run`);
    return shared;
  };
}
