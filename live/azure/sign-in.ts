import { causeOf, type CauseId } from "../../diagnosis";
import type { Azure } from "../../config";
import { jsonOf, type HttpClient } from "../http";
import type { Credential } from "../registry/tokens";
import { ENDPOINTS, REGISTRY_AUDIENCE } from "./clouds";

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const CODES: Readonly<Record<number, CauseId>> = {
  7000215: "password-wrong",
  7000222: "password-ended",
  700016: "application-unknown",
  90002: "application-unknown",
  7000229: "application-unknown",
  7000112: "application-disabled",
  53003: "application-disabled",
  530032: "application-disabled",
};

export type SignIn =
  | {
      readonly ok: true;
      /** Secret. */
      readonly token: string;
    }
  | { readonly ok: false; readonly cause?: CauseId; readonly reason: string };

/** Signs in with a pull secret's own credential: the one who knows whether it is good, since a registry does not say why it refuses. */
export function signIn(
  http: HttpClient,
  cloud: Azure["cloud"],
  tenantId: string,
  { username, password }: Credential,
): Promise<SignIn> {
  return ask(http, cloud, tenantId, {
    ...{ client_id: username, client_secret: password, grant_type: "client_credentials" },
    scope: `${REGISTRY_AUDIENCE}/.default`,
  });
}

/** A token of somebody whom an application trusts. */
export interface Assertion {
  readonly tenantId: string;
  readonly clientId: string;
  /** Secret. */
  readonly token: string;
}

/** Signs in as an application by a token that it trusts, for Azure Resource Manager: whose tokens controllers show to registries. */
export function signInWithAssertion(
  http: HttpClient,
  cloud: Azure["cloud"],
  { tenantId, clientId, token }: Assertion,
): Promise<SignIn> {
  return ask(http, cloud, tenantId, {
    ...{ client_id: clientId, grant_type: "client_credentials", client_assertion: token },
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    scope: `${ENDPOINTS[cloud].resourceManager}/.default`,
  });
}

async function ask(
  http: HttpClient,
  cloud: Azure["cloud"],
  tenantId: string,
  form: Readonly<Record<string, string>>,
): Promise<SignIn> {
  const { status, body } = await http.request(`${ENDPOINTS[cloud].login}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  });
  const json = (jsonOf(body) ?? {}) as { access_token?: string; error_codes?: number[]; error_description?: string };
  const { access_token: token = "", error_codes: codes = [], error_description: text = "" } = json;
  if (status === 200) return { ok: true, token };
  const cause = codes.map((code) => CODES[code]).find((each) => each !== undefined) ?? causeOf(text);
  // What follows is for Microsoft's support, on lines of its own or not.
  const reason = text.split(/\s*(?:\r?\n|Trace ID:)/)[0] ?? `${status}`;
  return { ok: false, reason: reason === "" ? `${status}` : reason, ...(cause && { cause }) };
}
