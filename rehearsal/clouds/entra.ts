import { CloudError } from "../sdk/model";
import type { Clock } from "./clock";
import type { Application, Password, Principal } from "./entra-objects";
import { assertLifetime, defaultEnd } from "./entra-password";
import { assertionRefusal, type FederatedCredential, type FindIssuer } from "./federation";
import { httpError } from "./http-error";
import type { Ids } from "./ids";
import { secondsOf, SigningKey } from "./jwt";
import type { SignIn } from "./token-service";
import { signIn } from "./token-service";

export interface EntraOptions {
  readonly tenantId: string;
  /** The identity that runs Terraform. */
  readonly caller: { readonly clientId: string; readonly objectId: string };
}

/** Of one application: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations */
const MOST_FEDERATED_CREDENTIALS = 20;

/** Entra ID: applications, service principals, passwords and the token service, for one tenant. */
export class Entra {
  /** Milliseconds until a new principal or password is known everywhere. */
  replicationLagMs = 0;
  /** Milliseconds until a new federated credential is known, and how much longer it takes after a try that came too early. */
  federationLagMs = 0;
  federationPenaltyMs = 0;
  /** Documents of issuers, by whoever can be reached. */
  findIssuer: FindIssuer = () => undefined;
  /** The organisation's cap on the life of a password, in days. @default - no cap */
  maxPasswordLifetimeDays: number | undefined;
  /** The caller has Application.ReadWrite.OwnedBy only: it may change nothing that it does not own. */
  callerMayChangeOwnedOnly = false;

  readonly applications = new Map<string, Application>();
  readonly principals = new Map<string, Principal>();
  readonly tenantId: string;
  readonly caller: EntraOptions["caller"];
  private readonly key = new SigningKey("entra-1");

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    options: EntraOptions,
  ) {
    this.tenantId = options.tenantId;
    this.caller = options.caller;
  }

  /** @param owners Object ids. None means none: azuread then takes the caller off the list again. */
  createApplication(
    displayName: string,
    owners: readonly string[],
    clientId = this.ids.uuid(`client/${displayName}`),
  ): Application {
    const objectId = this.ids.uuid(`application/${displayName}`);
    const application = { objectId, clientId, displayName, owners, passwords: [], federatedCredentials: [] };
    this.applications.set(objectId, application);
    return application;
  }

  updateApplication(objectId: string, displayName: string, owners: readonly string[]): Application {
    const application = this.changeable(objectId);
    application.displayName = displayName;
    application.owners = owners;
    return application;
  }

  /** Its service principal goes with it. */
  deleteApplication(objectId: string): void {
    const { clientId } = this.changeable(objectId);
    this.applications.delete(objectId);
    const principal = this.principalOf(clientId);
    if (principal) this.principals.delete(principal.objectId);
  }

  createServicePrincipal(clientId: string, owners: readonly string[]): Principal {
    const application = this.applicationOf(clientId);
    if (!application) {
      throw httpError(
        400,
        "NoBackingApplicationObject",
        `The appId '${clientId}' of the service principal does not reference a valid application object.`,
      );
    }
    if (this.principalOf(clientId)) {
      throw httpError(
        409,
        "Request_MultipleObjectsWithSameKeyValue",
        `The service principal cannot be created, updated, or restored because the service principal name ${clientId} is already in use.`,
      );
    }
    return this.addPrincipal(application.displayName, clientId, owners);
  }

  /**
   * An identity that Azure itself looks after: the kubelet's, say. It is known everywhere at once.
   * @param objectId @default - made up
   */
  createManagedIdentity(name: string, objectId = this.ids.uuid(`principal/${name}`)): Principal {
    const clientId = this.ids.uuid(`identity/${name}`);
    const principal = { objectId, clientId, displayName: name, owners: [], createdAt: new Date(0) };
    this.principals.set(objectId, principal);
    return principal;
  }

  deleteServicePrincipal(objectId: string): void {
    const principal = this.principals.get(objectId);
    if (!principal) return;
    this.assertOwned(principal.owners);
    this.principals.delete(objectId);
  }

  /**
   * @param end @default - two years after the start
   * @throws CloudError for an end that is past, or beyond the organisation's cap.
   */
  addPassword(objectId: string, displayName: string, start = this.clock.now(), end = defaultEnd(start)): Password {
    const application = this.changeable(objectId);
    const now = this.clock.now();
    assertLifetime(start, end, now, this.maxPasswordLifetimeDays);
    const label = `${application.displayName}/${displayName}`;
    const password = {
      keyId: this.ids.uuid(`password/${label}`),
      displayName,
      start,
      end,
      secret: this.ids.clientSecret(label),
      createdAt: now,
    };
    application.passwords.push(password);
    return password;
  }

  removePassword(objectId: string, keyId: string): void {
    const { passwords } = this.changeable(objectId);
    const index = passwords.findIndex((password) => password.keyId === keyId);
    if (index >= 0) passwords.splice(index, 1);
  }

  /** @throws CloudError for the twenty-first, and for a second one of a name, or of an issuer and a subject. */
  addFederatedCredential(
    objectId: string,
    wanted: Pick<FederatedCredential, "name" | "issuer" | "subject" | "audience" | "description">,
  ): FederatedCredential {
    const { federatedCredentials: all, displayName } = this.changeable(objectId);
    if (all.length >= MOST_FEDERATED_CREDENTIALS) {
      throw httpError(
        400,
        "FederatedIdentityCredentialsLimitReached",
        `Number of Federated Identity Credentials exceeded limit ${MOST_FEDERATED_CREDENTIALS}.`,
      );
    }
    const { name, issuer, subject } = wanted;
    if (all.some((one) => one.name === name || (one.issuer === issuer && one.subject === subject))) {
      throw httpError(
        409,
        "Request_MultipleObjectsWithSameKeyValue",
        "FederatedIdentityCredential with same issuer and subject, or name, already exists.",
      );
    }
    const id = this.ids.uuid(`federated/${displayName}/${name}`);
    const created = {
      ...wanted,
      id,
      isDelayed: false,
      knownFrom: new Date(this.clock.now().getTime() + this.federationLagMs),
    };
    all.push(created);
    return created;
  }

  removeFederatedCredential(objectId: string, id: string): void {
    const { federatedCredentials: all } = this.changeable(objectId);
    const index = all.findIndex((one) => one.id === id);
    if (index >= 0) all.splice(index, 1);
  }

  /** Exchanges a token of an issuer that an application trusts for one of its own. @param scope `<resource>/.default`, among others. */
  exchange(
    tenant: string,
    clientId: string,
    assertion: string,
    scope: string,
    at: Date,
  ): { readonly ok: true; readonly token: string } | { readonly ok: false; readonly reason: string } {
    const application = this.applicationOf(clientId);
    const principal = this.principalOf(clientId);
    if (tenant !== this.tenantId || !application || !principal || !this.isReplicated(principal.createdAt, at)) {
      const reason = `AADSTS700016: Application with identifier '${clientId}' was not found in the directory '${tenant}'.`;
      return { ok: false, reason };
    }
    const reason = assertionRefusal(application, assertion, this.findIssuer, at);
    if (reason !== undefined) {
      // Who asks too early has the answer kept for a while.
      for (const one of application.federatedCredentials) {
        if (one.knownFrom <= at || one.isDelayed) continue;
        one.isDelayed = true;
        one.knownFrom = new Date(one.knownFrom.getTime() + this.federationPenaltyMs);
      }
      return { ok: false, reason };
    }
    const now = secondsOf(at);
    const resource = scope.split(" ").find((one) => one.endsWith("/.default")) ?? "";
    const token = this.key.sign({
      ...{ aud: resource.replace(/\/\.default$/, ""), iss: `https://sts.windows.net/${tenant}/` },
      ...{ iat: now, nbf: now, exp: now + 3599, appid: clientId, oid: principal.objectId, sub: principal.objectId },
      tid: tenant,
    });
    return { ok: true, token: this.ids.remember(token) };
  }

  /** Object id of the principal of an application. */
  principalIdOf(clientId: string): string | undefined {
    return this.principalOf(clientId)?.objectId;
  }

  /** @returns Whether other services, ARM for one, have heard of this principal by now. */
  knows(objectId: string): boolean {
    const principal = this.principals.get(objectId);
    return principal !== undefined && this.isReplicated(principal.createdAt, this.clock.now());
  }

  /** Signs an application in with one of its passwords. */
  authenticate(clientId: string, secret: string, at: Date): SignIn {
    const subject = {
      clientId,
      tenantId: this.tenantId,
      application: this.applicationOf(clientId),
      principal: this.principalOf(clientId),
      isReplicated: (createdAt: Date) => this.isReplicated(createdAt, at),
    };
    return signIn(subject, secret, at);
  }

  private addPrincipal(displayName: string, clientId: string, owners: readonly string[]): Principal {
    const objectId = this.ids.uuid(`principal/${displayName}`);
    const principal = { objectId, clientId, displayName, owners, createdAt: this.clock.now() };
    this.principals.set(objectId, principal);
    return principal;
  }

  private applicationOf(clientId: string): Application | undefined {
    return [...this.applications.values()].find((application) => application.clientId === clientId);
  }

  private principalOf(clientId: string): Principal | undefined {
    return [...this.principals.values()].find((principal) => principal.clientId === clientId);
  }

  private isReplicated(createdAt: Date, at: Date): boolean {
    return at.getTime() >= createdAt.getTime() + this.replicationLagMs;
  }

  private changeable(objectId: string): Application {
    const application = this.applications.get(objectId);
    if (!application) throw new CloudError(`Application with object ID "${objectId}" was not found`);
    this.assertOwned(application.owners);
    return application;
  }

  private assertOwned(owners: readonly string[]): void {
    if (this.callerMayChangeOwnedOnly && !owners.includes(this.caller.objectId)) {
      throw httpError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }
  }
}
