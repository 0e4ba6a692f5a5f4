import { CloudError } from "../sdk/model";
import type { Ids } from "./ids";
import type { Registry, RegistryToken, TokenPassword } from "./registry-object";

/** @returns Why a login with this token may not pull, or undefined where it may. */
export function tokenRefusal(
  token: RegistryToken,
  password: string,
  registry: Registry,
  repository: string,
  now: Date,
): string | undefined {
  const match = token.passwords.find((candidate) => candidate.value === password);
  if (!token.enabled) return unauthorized(`token "${token.name}" is disabled`);
  if (!match) return unauthorized(`the password of token "${token.name}" is wrong`);
  if (match.expiry !== undefined && now >= match.expiry) {
    return unauthorized(`${match.name} of token "${token.name}" ended at ${match.expiry.toISOString()}`);
  }
  if (tokenAllows(token, registry, repository)) return undefined;
  return `denied: requested access to the resource is denied: scope map "${token.scopeMapId}" does not allow content/read of "${repository}"`;
}

/** @returns The registry's words to somebody whom it does not know or believe. */
export function unauthorized(cause: string): string {
  return `unauthorized: authentication required: ${cause}`;
}

/**
 * Replaces all passwords of a token at once, as the one Terraform resource for both does: they cannot overlap.
 *
 * @param expiries Expiry by password name; undefined never expires.
 * @throws CloudError for an expiry that is past.
 */
export function generatePasswords(
  registry: Registry,
  token: RegistryToken,
  expiries: Readonly<Record<string, Date | undefined>>,
  now: Date,
  ids: Ids,
): readonly TokenPassword[] {
  token.passwords = Object.entries(expiries).map(([name, expiry]) => {
    if (expiry !== undefined && expiry <= now) {
      throw new CloudError(
        `generating password credential ${name}: unexpected status 400 (400 Bad Request) with error: InvalidExpiry: the expiry ${expiry.toISOString()} of token "${token.name}" is past.`,
      );
    }
    return { name, expiry, value: ids.registryPassword(`${registry.name}/${token.name}/${name}`) };
  });
  return token.passwords;
}

function tokenAllows(token: RegistryToken, registry: Registry, repository: string): boolean {
  const map = token.scopeMapId.slice(token.scopeMapId.lastIndexOf("/") + 1);
  // The scope maps that every registry has all read content.
  if (map.startsWith("_repositories_")) return true;
  const actions = registry.scopeMaps.get(map) ?? [];
  return actions.some((action) => {
    const pattern = /^repositories\/(.+)\/content\/read$/.exec(action)?.[1];
    if (pattern === undefined) return false;
    return pattern.endsWith("*") ? repository.startsWith(pattern.slice(0, -1)) : repository === pattern;
  });
}
