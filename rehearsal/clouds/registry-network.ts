import { BlockList } from "node:net";
import type { Registry } from "./registry-object";

/** How somebody reaches registries. */
export interface Way {
  /** Whether by a private endpoint. */
  readonly privateEndpoint: boolean;
  /** Public address that one comes from otherwise. @default - one that nobody has let in: TEST-NET-1 of RFC 5737 */
  readonly address?: string | undefined;
  /** Whether there is a route to the private endpoint. @default true */
  readonly hasRoute?: boolean;
}

const UNKNOWN_ADDRESS = "192.0.2.10";

/** What the network makes of a request. */
export interface WayFault {
  readonly fault: "forbidden" | "no-route";
  readonly reason: string;
}

/** @returns Why the registry is not reached, or undefined. */
export function wayFault({ loginServer, publicNetworkAccess, allow }: Registry, way: Way): WayFault | undefined {
  const { privateEndpoint, address = UNKNOWN_ADDRESS, hasRoute = true } = way;
  if (privateEndpoint && !hasRoute) {
    return { fault: "no-route", reason: `dial tcp: ${loginServer}: 10.1.0.4:443: i/o timeout` };
  }
  if (privateEndpoint || (publicNetworkAccess && (allow === undefined || isIn(address, allow)))) return undefined;
  return {
    fault: "forbidden",
    reason: `client with IP '${address}' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.`,
  };
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
