import { failed, ok, warned, type Outcome } from "../check";
import { jsonOf, type HttpClient } from "../http";
import { NetworkFault } from "../network-fault";

interface KeySet {
  readonly keys?: readonly { readonly kid?: string }[];
}

/** Whether an issuer's two documents can be read by everybody, and have a key. @param kids Of the cluster, one of which has to be there. */
export async function issuerOutcome(http: HttpClient, issuer: string, kids: readonly string[]): Promise<Outcome> {
  try {
    const { jwks_uri: keysAt } = await published<{ jwks_uri?: string }>(
      http,
      `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    );
    if (keysAt === undefined) return failed("issuer-unreachable", `the configuration of ${issuer} has no jwks_uri`);
    const { keys = [] } = await published<KeySet>(http, keysAt);
    const known = keys.flatMap(({ kid }) => kid ?? []);
    const missing = kids.filter((kid) => !known.includes(kid));
    if (missing.length > 0) {
      return failed(
        "issuer-keys-old",
        `${issuer} publishes ${known.join(", ") || "no key"}, and not ${missing.join(", ")}`,
      );
    }
    return ok(`${issuer} publishes ${known.length} keys`);
  } catch (error) {
    if (error instanceof Unpublished) return failed("issuer-unreachable", error.message);
    // Entra ID may have another way than this machine.
    if (error instanceof NetworkFault) return warned("issuer-unreachable", `from here: ${error.message}`);
    throw error;
  }
}

class Unpublished extends Error {}

async function published<T extends object>(http: HttpClient, url: string): Promise<T> {
  const { status, body } = await http.request(url, { headers: { accept: "application/json" } });
  const json = jsonOf(body);
  if (status !== 200 || typeof json !== "object" || json === null) {
    throw new Unpublished(`${url} answers ${status}${status === 200 ? " without JSON" : ""}`);
  }
  return json as T;
}
