import type { FormRequest, FormResponse } from "../token-endpoints";

/** What a controller reaches beside its own API server. */
export interface Reach {
  /** Sends a form. */
  post(request: FormRequest, time: Date): FormResponse;
  /** Asks the API server for a token of a service account. @throws CloudError for one that is not there. */
  createToken(namespace: string, account: string, audiences: readonly string[], time: Date): string;
}

/** Endpoints of Azure's clouds, as both controllers take them from Azure's SDK for Go. */
const CLOUDS: Readonly<Record<string, { readonly login: string; readonly management: string }>> = {
  PublicCloud: { login: "https://login.microsoftonline.com/", management: "https://management.core.windows.net/" },
  USGovernmentCloud: {
    login: "https://login.microsoftonline.us/",
    management: "https://management.core.usgovcloudapi.net",
  },
  ChinaCloud: { login: "https://login.chinacloudapi.cn/", management: "https://management.core.chinacloudapi.cn" },
};

/** A token of a service account, and for whom it speaks. */
export interface Assertion {
  readonly environment: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly token: string;
}

/** Something that was asked for and refused, in the controller's words. */
export class Refused extends Error {}

/**
 * The request for a token of Entra ID that lets somebody manage Azure: both controllers send it through MSAL for Go.
 */
export function signInRequest({ environment, tenantId, clientId, token }: Assertion): FormRequest {
  const { login, management } = endpointsOf(environment);
  return {
    url: `${login}${tenantId}/oauth2/v2.0/token`,
    form: {
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: token,
      client_id: clientId,
      client_info: "1",
      scope: `${management}/.default openid offline_access profile`,
    },
  };
}

/** @throws {Refused} In MSAL's words. */
export function signIn(reach: Reach, assertion: Assertion, time: Date): string {
  const request = signInRequest(assertion);
  const { status, body } = reach.post(request, time);
  if (status === 200) return String(body.access_token);
  throw new Refused(
    `http call(${request.url})(POST) error: reply status code was ${status}:\n${JSON.stringify({ error: body.error, error_description: body.error_description })}`,
  );
}

function endpointsOf(environment: string): { login: string; management: string } {
  const found = CLOUDS[environment];
  if (!found) throw new Error(`unknown environment ${environment}`);
  return found;
}
