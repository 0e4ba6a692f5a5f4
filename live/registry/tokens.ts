import type { CauseId } from "../../diagnosis";
import { jsonOf, type Answer, type HttpClient } from "../http";
import type { Challenge } from "./challenge";
import { causeOfRefusal, reasonIn, retryAfter } from "./refusal";

/** User name of whoever shows a token of the registry: https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md */
export const TOKEN_USER = "00000000-0000-0000-0000-000000000000";

export interface Credential {
  readonly username: string;
  /** Secret. */
  readonly password: string;
}

export type TokenAnswer =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly status: number; readonly cause: CauseId; readonly reason: string };

/** Answers to the POST after which containerd asks by GET: remotes/docker/authorizer.go, ACR's is 400. */
const GET_INSTEAD = [400, 401, 404, 405];

/**
 * Asks for a token that may pull from one repository, as containerd 1.6 does: OAuth's POST first, which ACR does not take for a
 * password, then a GET with Basic.
 *
 * @see https://github.com/containerd/containerd/blob/release/1.6/remotes/docker/authorizer.go
 */
export async function askForToken(
  http: HttpClient,
  { realm, service }: Challenge,
  repository: string,
  { username, password }: Credential,
): Promise<TokenAnswer> {
  const scope = `repository:${repository}:pull`;
  const form = new URLSearchParams({
    client_id: "containerd-client",
    grant_type: "password",
    service,
    scope,
    username,
    password,
  });
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  const posted = await http.request(realm, { method: "POST", headers, body: form.toString() });
  if (!GET_INSTEAD.includes(posted.status)) return tokenIn(posted);
  const basic = Buffer.from(`${username}:${password}`).toString("base64");
  const query = new URLSearchParams({ scope, service }).toString();
  return tokenIn(await http.request(`${realm}?${query}`, { headers: { authorization: `Basic ${basic}` } }));
}

/** Asks for a token with a refresh token of the registry, as `az acr login` does. */
export async function askWithRefreshToken(
  http: HttpClient,
  { realm, service }: Challenge,
  repository: string,
  refreshToken: string,
): Promise<TokenAnswer> {
  const form = {
    grant_type: "refresh_token",
    service,
    scope: `repository:${repository}:pull`,
    refresh_token: refreshToken,
  };
  return tokenIn(await post(http, realm, form));
}

/** Exchanges a token of Entra ID for a refresh token of the registry, good for three hours. */
export async function exchange(
  http: HttpClient,
  { realm, service }: Challenge,
  accessToken: string,
): Promise<TokenAnswer> {
  const answer = await post(http, realm.replace(/token$/, "exchange"), {
    grant_type: "access_token",
    service,
    access_token: accessToken,
  });
  return tokenIn(answer, "refresh_token");
}

function post(http: HttpClient, url: string, form: Record<string, string>): Promise<Answer> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return http.request(url, { method: "POST", headers, body: new URLSearchParams(form).toString() });
}

function tokenIn({ status, headers, body }: Answer, name = "access_token"): TokenAnswer {
  const json = jsonOf(body) as Record<string, unknown> | undefined;
  const token = json?.[name] ?? json?.token;
  if (status === 200 && typeof token === "string") return { ok: true, token };
  const reason = reasonIn(body);
  return {
    ok: false,
    status,
    cause: causeOfRefusal(status, reason),
    reason: `${status} ${reason}${retryAfter(headers)}`.trimEnd(),
  };
}

/** @returns Whether a registry's token lets its bearer pull from a repository; undefined where it is not one that can be read. */
export function mayPull(token: string, repository: string): boolean | undefined {
  const [, payload] = token.split(".");
  if (payload === undefined) return undefined;
  const claims = jsonOf(Buffer.from(payload, "base64url").toString("utf8")) as
    { access?: { type: string; name: string; actions: string[] }[] } | undefined;
  return claims?.access?.some(
    ({ type, name, actions }) =>
      type === "repository" && name === repository && (actions.includes("pull") || actions.includes("*")),
  );
}
