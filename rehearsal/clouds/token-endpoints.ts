import type { Entra } from "./entra";
import { readToken } from "./jwt";
import type { ContainerRegistries } from "./registry";

/** A request as a controller sends it: a form, and where to. */
export interface FormRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
}

export interface FormResponse {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const TOKEN_PATH = /^https:\/\/login\.[^/]+\/([^/]+)\/oauth2\/v2\.0\/token$/;
const REGISTRY_PATH = /^https:\/\/([^/?]+)\/oauth2\/(exchange|token)(\?.*)?$/;

/** Where tokens are exchanged for others: Entra ID's token service, and those of all registries. */
export class TokenEndpoints {
  /** What was asked, in order. */
  readonly requests: FormRequest[] = [];

  constructor(
    private readonly entra: Entra,
    private readonly registries: ContainerRegistries,
  ) {}

  post(request: FormRequest, time: Date): FormResponse {
    this.requests.push(request);
    const [, tenant] = TOKEN_PATH.exec(request.url) ?? [];
    if (tenant !== undefined) return this.signIn(tenant, request, time);
    const [, host = "", endpoint] = REGISTRY_PATH.exec(request.url) ?? [];
    if (endpoint === undefined) return { status: 404, body: {} };
    return endpoint === "exchange"
      ? this.registries.exchange(host, request.form.access_token ?? "", time)
      : this.registries.authorize(host, request.form, time);
  }

  /** Client credentials with a token of somebody else: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
  private signIn(tenant: string, { form }: FormRequest, time: Date): FormResponse {
    const { client_id: clientId = "", client_assertion: assertion = "", scope = "" } = form;
    const answer = this.entra.exchange(tenant, clientId, assertion, scope, time);
    if (answer.ok) return { status: 200, body: { token_type: "Bearer", expires_in: 3599, access_token: answer.token } };
    const code = Number(/^AADSTS(\d+)/.exec(answer.reason)?.[1]);
    const error = code === 700016 ? "unauthorized_client" : "invalid_client";
    return {
      status: code === 700016 ? 400 : 401,
      body: { error, error_description: answer.reason, error_codes: [code] },
    };
  }
}

/** What a token of Entra ID is for, and who has it. */
export function bearerOf(token: string): { clientId: string; audience: string } | undefined {
  const claims = readToken(token)?.claims;
  return claims && { clientId: String(claims.appid), audience: String(claims.aud) };
}
