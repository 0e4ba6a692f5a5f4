import { covers, type ById } from "./arm-ids";
import { ruleFor } from "./cache-rules";
import type { KeyVault } from "./key-vault";
import type { OtherRegistries } from "./other-registries";
import type { Credentials } from "./registry";
import type { CacheRule, CredentialSet, Registry } from "./registry-object";
import type { RoleAssignments } from "./roles";

/** Why a registry cannot fetch what a cache rule names. */
export interface FetchFault {
  readonly fault: "source-away" | "source-login" | "source-throttles";
  readonly reason: string;
}

const MORE = "For more information, please visit https://aka.ms/acr/cache";

/** How registries fetch images of others by their cache rules. */
export class PullThrough {
  constructor(
    readonly others: OtherRegistries,
    private readonly vaults: ById<KeyVault>,
    private readonly roles: RoleAssignments,
  ) {}

  /**
   * Asks the source of a repository for an image. The words are those of https://github.com/Azure/acr/issues/754, 599 and, for a source
   * that is not reached, 684 and 891.
   *
   * @returns The image's whole name there; why it cannot be had; undefined where no rule names it or its source has no such image.
   */
  fetch(registry: Registry, repository: string, reference: string): string | FetchFault | undefined {
    const rules = [...registry.cacheRules].map(([name, rule]) => ({ ...rule, name }));
    const found = ruleFor(rules, repository);
    if (!found) return undefined;
    const { rule, source } = found;
    const { name } = rule;
    const login = loginFor(registry, rule, (url, principalId) => this.read(url, principalId));
    const denied = (why: string): FetchFault => ({
      fault: "source-login",
      reason: `unauthorized: authentication required with source registry for cache rule '${name}'. ${MORE}: ${why}`,
    });
    if (typeof login === "string") return denied(login);
    switch (this.others.ask(source, reference, login)) {
      case "served":
        return `${source}:${reference}`;
      case "missing":
        return undefined;
      case "login-refused":
        return denied(
          `${source.split("/")[0] ?? ""} takes the user name and the password of its credential set for wrong`,
        );
      case "throttled":
        return {
          fault: "source-throttles",
          reason: `toomanyrequests: too many requests to source registry for cache rule '${name}'. ${MORE}`,
        };
      case "away":
        return {
          fault: "source-away",
          reason: `unknown: request to fetch manifest from source '${source}' for cache rule '${name}' returned status code 502. ${MORE}`,
        };
    }
  }

  /** @returns The value of a secret, or why its reader does not get it. */
  private read(url: string, principalId: string): { readonly value: string } | string {
    const vault = this.vaults.values().find(({ uri }) => url.startsWith(uri));
    const name = url.slice(url.lastIndexOf("/") + 1);
    const secret = vault?.secret(name);
    if (!vault || !secret) return `secret ${name} of its credential set is not there`;
    const mayRead = this.roles
      .all()
      .some(
        (one) =>
          one.principalId === principalId &&
          one.roleName.startsWith("Key Vault Secrets") &&
          covers(one.scope, `${vault.id}/secrets/${name}`),
      );
    return mayRead ? { value: secret.value } : `the identity of its credential set may not read secret ${name}`;
  }
}

type Read = (url: string, principalId: string) => { readonly value: string } | string;

/** @returns The login of a rule, undefined where it has none, or why it cannot be had. */
function loginFor(registry: Registry, { credentialSetId }: CacheRule, read: Read): Credentials | string | undefined {
  if (credentialSetId === undefined) return undefined;
  const set: CredentialSet | undefined = registry.credentialSets.get(credentialSetId);
  if (!set) return "its credential set is not there";
  const [username, password] = [set.usernameSecret, set.passwordSecret].map((url) => read(url, set.principalId));
  if (typeof username === "string") return username;
  if (typeof password === "string") return password;
  return { username: username?.value ?? "", password: password?.value ?? "" };
}
