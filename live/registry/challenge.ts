import type { Answer } from "../http";

/** Where a registry sends those who come without a token. https://distribution.github.io/distribution/spec/auth/token/ */
export interface Challenge {
  readonly realm: string;
  readonly service: string;
}

/** @returns undefined where the answer is not one of a registry that gives tokens. */
export function challengeOf({ status, headers }: Answer): Challenge | undefined {
  const header = headers["www-authenticate"] ?? "";
  if (status !== 401 || !/^Bearer /i.test(header)) return undefined;
  const parameters = Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const { realm, service } = parameters;
  return realm === undefined || service === undefined ? undefined : { realm, service };
}
