import { BlockList } from "node:net";
import { dataHosts, type Registry } from "./registry-object";

/** How somebody reaches registries. */
export interface Way {
  /** Whether by a private endpoint. */
  readonly privateEndpoint: boolean;
  /** Whether that is one which comes and goes with the registry, and not one that others keep. @default false */
  readonly ofRegistry?: boolean;
  /** Public address that one comes from otherwise. @default - one that nobody has let in: TEST-NET-1 of RFC 5737 */
  readonly address?: string | undefined;
  /** Whether there is a route to the private endpoint. @default true */
  readonly hasRoute?: boolean;
  /** Whether somebody keeps the private address of the registry's name, where its endpoint does not. @default true */
  readonly hasNames?: boolean;
  /** Whether one gets to where layers lie. @default true */
  readonly reachesLayers?: boolean;
}

/** Of every private endpoint. */
export const ENDPOINT_ADDRESS = "10.1.0.4";

const UNKNOWN_ADDRESS = "192.0.2.10";

/** What the network makes of a request. */
export interface WayFault {
  readonly fault: "forbidden" | "no-layers" | "no-route";
  readonly reason: string;
}

/** @returns Why the registry is not reached, or undefined. */
export function wayFault(registry: Registry, way: Way): WayFault | undefined {
  const { loginServer, publicNetworkAccess, allow } = registry;
  const { address = UNKNOWN_ADDRESS, hasRoute = true } = way;
  const isPrivate = leadsToEndpoint(registry, way);
  if (isPrivate && !hasRoute) {
    return { fault: "no-route", reason: `dial tcp: ${loginServer}: ${ENDPOINT_ADDRESS}:443: i/o timeout` };
  }
  if (isPrivate || (publicNetworkAccess && (allow === undefined || isIn(address, allow)))) return undefined;
  return {
    fault: "forbidden",
    reason: `client with IP '${address}' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.`,
  };
}

/** @returns Why layers are not reached, which are asked for last, or undefined. */
export function layersFault(registry: Registry, { reachesLayers = true }: Way): WayFault | undefined {
  if (reachesLayers) return undefined;
  // Without data endpoints they lie in a storage account of Azure, whose name nobody knows before.
  const host = dataHosts(registry)[0] ?? "eusmanaged1.blob.core.windows.net";
  return { fault: "no-layers", reason: `Get "https://${host}/": dial tcp 20.60.1.4:443: i/o timeout` };
}

/** Whether the registry's name leads there to a private endpoint: without one, or without private DNS, it leads to the internet. */
function leadsToEndpoint({ endpoints }: Registry, { privateEndpoint, ofRegistry, hasNames = true }: Way): boolean {
  if (!privateEndpoint || !ofRegistry) return privateEndpoint && hasNames;
  const all = [...endpoints.values()];
  return all.some(({ hasZoneGroup }) => hasZoneGroup || hasNames);
}

/** @param ranges In CIDR notation. */
function isIn(address: string, ranges: readonly string[]): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", prefix = "32"] = range.split("/");
    list.addSubnet(network, Number(prefix), "ipv4");
  }
  return list.check(address, "ipv4");
}
