import type { Application, Principal } from "./entra-objects";

/** What the token service answers to a client id and a password. */
export type SignIn =
  { readonly ok: true; readonly principal: Principal } | { readonly ok: false; readonly reason: string };

/** What the token service knows of a client id. */
export interface Subject {
  readonly clientId: string;
  readonly tenantId: string;
  readonly application: Application | undefined;
  readonly principal: Principal | undefined;
  /** Whether something that was created then is known everywhere by now. */
  readonly isReplicated: (createdAt: Date) => boolean;
}

/** The client credentials flow, with Entra's own error codes. */
export function signIn(subject: Subject, secret: string, at: Date): SignIn {
  const { clientId, tenantId, application, principal, isReplicated } = subject;
  if (!application || (principal && !isReplicated(principal.createdAt))) {
    return refused(
      `AADSTS700016: Application with identifier '${clientId}' was not found in the directory '${tenantId}'.`,
    );
  }
  if (!principal) {
    return refused(
      `AADSTS7000229: The client application ${clientId} is missing service principal in the tenant ${tenantId}.`,
    );
  }
  const password = application.passwords.find((candidate) => candidate.secret === secret);
  if (!password || !isReplicated(password.createdAt)) return refused(invalidSecret(clientId));
  if (at < password.start) {
    return refused(`${invalidSecret(clientId)} It becomes valid at ${password.start.toISOString()}.`);
  }
  if (at >= password.end) {
    return refused(
      `AADSTS7000222: The provided client secret keys for app '${clientId}' are expired. Password "${password.displayName}" ended at ${password.end.toISOString()}.`,
    );
  }
  return { ok: true, principal };
}

function invalidSecret(clientId: string): string {
  return `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`;
}

function refused(reason: string): SignIn {
  return { ok: false, reason };
}
