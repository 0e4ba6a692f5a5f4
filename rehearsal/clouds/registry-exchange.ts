import type { Ids } from "./ids";
import { isSignedBy, readToken, secondsOf, SigningKey, type Claims } from "./jwt";
import { unauthorized } from "./registry-tokens";

/** User name of whoever shows a token of a registry: https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md */
export const TOKEN_USER = "00000000-0000-0000-0000-000000000000";

/** https://learn.microsoft.com/azure/container-registry/container-registry-authentication */
const REFRESH_SECONDS = 3 * 60 * 60;
/** `exp` less `iat` of the access token in docs/AAD-OAuth.md. */
const ACCESS_SECONDS = 75 * 60;

const ISSUER = "Azure Container Registry";

/** What a token of a registry allows. */
export interface Grant {
  /** Client id of the application that it was given to. */
  readonly clientId: string;
  /** Repositories that it may pull from. @default - what the application may, when it asks */
  readonly repositories?: readonly string[] | undefined;
}

/** Gives out tokens of registries, and knows them again. */
export class RegistryExchange {
  private readonly key = new SigningKey("acr-1");

  constructor(private readonly ids: Ids) {}

  /** @returns A token for everything that its application may. */
  refreshToken(host: string, clientId: string, tenant: string, time: Date): string {
    const permissions = { actions: ["read"], notActions: [] };
    return this.sign(host, clientId, time, REFRESH_SECONDS, { grant_type: "refresh_token", tenant, permissions });
  }

  /** @returns A token for these repositories alone. */
  accessToken(host: string, clientId: string, repositories: readonly string[], time: Date): string {
    const access = repositories.map((name) => ({ type: "repository", name, actions: ["pull"] }));
    return this.sign(host, clientId, time, ACCESS_SECONDS, { grant_type: "access_token", access });
  }

  /** @returns What a token allows, or why the registry takes it for none. */
  read(host: string, text: string, time: Date): Grant | string {
    const token = readToken(text);
    if (!token || !isSignedBy(text, this.key.publicKey))
      return unauthorized("the password is no token of the registry");
    const { aud, exp, sub, access } = token.claims;
    if (aud !== host) return unauthorized(`the token is one of ${String(aud)}`);
    if (secondsOf(time) >= exp) return unauthorized(`the token ended at ${new Date(exp * 1000).toISOString()}`);
    const list = access as readonly { readonly name: string }[] | undefined;
    return { clientId: sub, repositories: list?.map(({ name }) => name) };
  }

  private sign(host: string, clientId: string, time: Date, seconds: number, more: Partial<Claims>): string {
    const now = secondsOf(time);
    const jti = this.ids.uuid(`token/${host}/${clientId}`);
    const claims = {
      jti,
      sub: clientId,
      nbf: now,
      exp: now + seconds,
      iat: now,
      iss: ISSUER,
      aud: host,
      version: "1.0",
    };
    return this.ids.remember(this.key.sign({ ...claims, ...more }));
  }
}

/** @returns Client id of whoever a token was given to; undefined where the text is no token. */
export function ownerOf(token: string): string | undefined {
  return readToken(token)?.claims.sub;
}
