import type { CauseId } from "../diagnosis";

/** Nobody answered, and why. */
export class NetworkFault extends Error {
  constructor(
    readonly host: string,
    readonly fault: CauseId,
    message: string,
  ) {
    super(message);
  }
}

/** Codes of the system and of OpenSSL: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CODES: Readonly<Record<string, CauseId>> = {
  ENOTFOUND: "host-unknown",
  EAI_AGAIN: "host-unknown",
  CERT_HAS_EXPIRED: "certificate-ended",
  CERT_NOT_YET_VALID: "certificate-ended",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate-of-another",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate-untrusted",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate-untrusted",
  UNABLE_TO_GET_ISSUER_CERT: "certificate-untrusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate-untrusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate-untrusted",
  CERT_UNTRUSTED: "certificate-untrusted",
};

/** @param error What Node says. */
export function networkFault(host: string, error: unknown): NetworkFault {
  const { code = "", message } = deepest(error);
  return new NetworkFault(
    host,
    CODES[code] ?? "host-unreachable",
    message.includes(host) ? message : `${host}: ${message}`,
  );
}

/** Of several addresses that were tried, the first has failed as the others have. */
function deepest(error: unknown): { readonly code?: string; readonly message: string } {
  if (error instanceof AggregateError) return deepest(error.errors[0]);
  if (error instanceof Error) return { message: error.message, ...("code" in error && { code: String(error.code) }) };
  return { message: String(error) };
}
