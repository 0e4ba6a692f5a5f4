import type { CauseId } from "../../diagnosis";
import type { Answer } from "../http";
import { causeOfRefusal, reasonIn, retryAfter } from "./refusal";

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

/** Why somebody gets nothing. */
export interface Refusal {
  readonly cause: CauseId;
  readonly reason: string;
}

/** What an answer says that is no challenge, though nobody has sent a token. */
export function withoutChallenge({ status, headers, body }: Answer): Refusal {
  if (status !== 429 && status !== 403 && status < 500) {
    return { cause: "not-a-registry", reason: `status ${status} without a Bearer challenge` };
  }
  return { cause: causeOfRefusal(status, body), reason: `${status} ${reasonIn(body)}${retryAfter(headers)}`.trimEnd() };
}
