import type { Azure, Federated } from "../../config";
import { TOKEN_AUDIENCES } from "../../config/token-audience";
import { failed, ok, type Findings, type Outcome } from "../check";
import { signInWithAssertion } from "../azure/sign-in";
import type { Kubernetes } from "../cluster/kubernetes";
import type { ServiceAccount } from "../cluster/objects";
import { challenge } from "../registry/replay";
import { askWithRefreshToken, exchange, mayPull } from "../registry/tokens";
import type { HttpClient } from "../http";
import { claimsOf, keyOf } from "../token-claims";
import { issuerOutcome } from "./issuer";

export interface ExchangeQuestion {
  readonly http: HttpClient;
  readonly cluster: Kubernetes;
  readonly findings: Findings;
  readonly pull: Federated;
  readonly namespace: string;
  readonly cloud: Azure["cloud"];
  /** Of the registry. */
  readonly host: string;
  /** @default - nothing runs there */
  readonly repository: string | undefined;
}

/** Annotations of the account: constructs/trusted-account.ts. */
const CLIENT_ID = "azure.workload.identity/client-id";
const TENANT_ID = "azure.workload.identity/tenant-id";

/** The shortest that an API server gives. */
const TOKEN_SECONDS = 600;

/**
 * Does what the controller does, up to the last token: the first step that fails is what is wrong. Nothing is written by it.
 *
 * @throws {NotAllowed} Where the login may ask for no token of the account.
 */
export async function exchangeOutcome(question: ExchangeQuestion): Promise<Outcome> {
  const { http, cluster, findings, pull, namespace, cloud, host, repository } = question;
  const { serviceAccount } = pull;
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}`;
  const account = await cluster.get<ServiceAccount>(path);
  const { [CLIENT_ID]: clientId, [TENANT_ID]: tenantId } = account?.metadata.annotations ?? {};
  if (clientId === undefined || tenantId === undefined) {
    const found = account ? `service account ${serviceAccount} names no application` : `no ${serviceAccount}`;
    return { state: "failed", found: `${found}: the workload stack makes it` };
  }
  const token = await cluster.tokenOf(namespace, serviceAccount, TOKEN_AUDIENCES[pull.controller], TOKEN_SECONDS);
  findings.conceal(token);
  const { iss = "", sub = "" } = claimsOf(token) ?? {};
  if (pull.trust.kind === "known" && pull.trust.issuer !== iss) {
    return failed("issuer-differs", `the cluster's tokens are of ${iss}, the file says ${pull.trust.issuer}`);
  }
  const issuer = await issuerOutcome(http, iss, [keyOf(token) ?? ""]);
  if (issuer.state === "failed") return issuer;
  const signedIn = await signInWithAssertion(http, cloud, { tenantId, clientId, token });
  if (!signedIn.ok) {
    const found = `Entra ID refuses a token of ${sub}: ${signedIn.reason}`;
    return { state: "failed", found, ...(signedIn.cause && { cause: signedIn.cause }) };
  }
  findings.conceal(signedIn.token);
  const to = await challenge(http, host);
  if ("cause" in to) return failed(to.cause, to.reason);
  const refresh = await exchange(http, to, signedIn.token);
  if (!refresh.ok) return failed("exchange-refused", `${host} gives no token: ${refresh.reason}`);
  findings.conceal(refresh.token);
  if (repository === undefined) return ok(`${host} gives a token for one of ${sub}`);
  const access = await askWithRefreshToken(http, to, repository, refresh.token);
  if (!access.ok) return failed(access.cause, access.reason);
  findings.conceal(access.token);
  return mayPull(access.token, repository) === false
    ? failed("role-missing", `the registry's token for ${sub} may not pull from ${repository}`)
    : ok(`a token of ${sub} opens ${repository}`);
}
