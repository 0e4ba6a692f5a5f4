import { jsonOf } from "./http";

/** What is read of a token: https://datatracker.ietf.org/doc/html/rfc7519 */
export interface TokenClaims {
  readonly iss?: string;
  readonly sub?: string;
  /** Seconds. */
  readonly iat?: number;
  /** Seconds. */
  readonly exp?: number;
}

/** @returns What a token says of itself; undefined for what is none that can be read. Nobody vouches for it. */
export function claimsOf(token: string): TokenClaims | undefined {
  return partOf(token, 1);
}

/** @returns Which key has signed a token. */
export function keyOf(token: string): string | undefined {
  return (partOf(token, 0) as { kid?: string } | undefined)?.kid;
}

/** @returns When a token ends; undefined for a password, and for a token that does not say. */
export function endOf(token: string): Date | undefined {
  const exp = claimsOf(token)?.exp;
  return typeof exp === "number" ? new Date(exp * 1000) : undefined;
}

function partOf(token: string, index: number): object | undefined {
  const parts = token.split(".");
  const part = parts[index];
  if (parts.length !== 3 || part === undefined) return undefined;
  const json = jsonOf(Buffer.from(part, "base64url").toString("utf8"));
  return typeof json === "object" && json !== null ? json : undefined;
}
