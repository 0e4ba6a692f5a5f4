import net from "node:net";
import type { Routes } from "./http";

/** @param text `host:address` or `host:address:port`, as curl's --resolve with the port at the end; IPv6 in brackets. @throws {Error} */
export function parseRoute(text: string): readonly [string, { readonly address: string; readonly port?: number }] {
  const [, host = "", bracketed, plain, digits] = /^([\w.-]+):(?:\[([^\]]+)\]|([\d.]+))(?::(\d+))?$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? "";
  const port = digits === undefined ? undefined : Number(digits);
  if (net.isIP(address) === 0 || (port !== undefined && (port < 1 || port > 65535))) {
    throw new Error(
      `It must be host:address or host:address:port, such as contoso.azurecr.io:10.1.0.4, got: "${text}"`,
    );
  }
  return [host.toLowerCase(), { address, ...(port !== undefined && { port }) }];
}

export function routesOf(pairs: Iterable<ReturnType<typeof parseRoute>>): Routes {
  return new Map(pairs);
}
