import type { Application } from "./entra-objects";
import { isSignedBy, readToken, secondsOf } from "./jwt";
import type { IssuerDocuments } from "./kubernetes/token-issuer";

/** What an application trusts: tokens of one issuer, for one subject and one audience. */
export interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  issuer: string;
  subject: string;
  audience: string;
  description: string;
  /** From when on the token service knows it. */
  knownFrom: Date;
  /** Whether somebody has asked too early, so that it takes longer. */
  isDelayed: boolean;
}

/** Looks up the documents of an issuer by its URL; undefined where nothing answers there. */
export type FindIssuer = (url: string) => IssuerDocuments | undefined;

const HELP = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

/**
 * Whether a token speaks for an application: its words are those of the token service, which compares letter by letter.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 *
 * @returns Why it does not, or undefined where it does.
 */
export function assertionRefusal(
  { federatedCredentials }: Application,
  assertion: string,
  find: FindIssuer,
  at: Date,
): string | undefined {
  const token = readToken(assertion);
  if (!token) return "AADSTS50027: JWT token is invalid or malformed.";
  const { iss: issuer, sub: subject, aud, exp, nbf } = token.claims;
  const audiences = typeof aud === "string" ? [aud] : aud;
  const known = federatedCredentials.filter(({ knownFrom }) => knownFrom <= at);
  if (known.length === 0) {
    return `AADSTS70021: No matching federated identity record found for presented assertion. Assertion Issuer: '${issuer}'. Assertion Subject: '${subject}'. Assertion Audience: '${audiences.join(",")}'. ${HELP}`;
  }
  const mismatch = (code: number, what: string, value: string) =>
    `AADSTS${code}: No matching federated identity record found for presented assertion ${what} '${value}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${HELP}`;
  const ofIssuer = known.filter((one) => one.issuer === issuer);
  if (ofIssuer.length === 0) return mismatch(700211, "issuer", issuer);
  const ofSubject = ofIssuer.filter((one) => one.subject === subject);
  if (ofSubject.length === 0) return mismatch(700213, "subject", subject);
  if (!ofSubject.some(({ audience }) => audiences.includes(audience))) {
    return mismatch(700212, "audience", audiences.join(","));
  }
  const documents = find(issuer);
  if (!documents) return "AADSTS50166: Request to External OIDC endpoint failed.";
  const key = documents.keys.keys.find(({ kid }) => kid === token.kid);
  if (!key || !isSignedBy(assertion, key)) {
    return `AADSTS7000272: The certificate with identifier ${token.kid} used to sign the federated credential could not be found in the metadata of identity provider ${issuer}. Please validate that your Identity Provider's metadata exposes the key used to sign the incoming token.`;
  }
  const now = secondsOf(at);
  if (now >= exp || now < nbf) return "AADSTS700024: Client assertion is not within its valid time range.";
  return undefined;
}
