import type { CauseId } from "../../diagnosis";
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

export type SignIn = { readonly ok: true } | { readonly ok: false; readonly cause?: CauseId; readonly reason: string };

/** Signs in with a pull secret's own credential: the one who knows whether it is good, since a registry does not say why it refuses. */
export async function signIn(
  http: HttpClient,
  cloud: Azure["cloud"],
  tenantId: string,
  { username, password }: Credential,
): Promise<SignIn> {
  const form = new URLSearchParams({
    ...{ client_id: username, client_secret: password, grant_type: "client_credentials" },
    scope: `${REGISTRY_AUDIENCE}/.default`,
  });
  const { status, body } = await http.request(`${ENDPOINTS[cloud].login}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  });
  if (status === 200) return { ok: true };
  const { error_codes: codes = [], error_description: text = "" } = (jsonOf(body) ?? {}) as {
    error_codes?: number[];
    error_description?: string;
  };
  const cause = codes.map((code) => CODES[code]).find((each) => each !== undefined);
  // What follows is for Microsoft's support, on lines of its own or not.
  const reason = text.split(/\s*(?:\r?\n|Trace ID:)/)[0] ?? `${status}`;
  return { ok: false, reason: reason === "" ? `${status}` : reason, ...(cause && { cause }) };
}
