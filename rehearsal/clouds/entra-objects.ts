import type { FederatedCredential } from "./federation";

/** A password of an application. Entra shows the secret once, on creation. */
export interface Password {
  readonly keyId: string;
  readonly displayName: string;
  readonly start: Date;
  readonly end: Date;
  readonly secret: string;
  readonly createdAt: Date;
}

export interface Application {
  readonly objectId: string;
  /** Also called application id: the user name of a pull. */
  readonly clientId: string;
  displayName: string;
  owners: readonly string[];
  readonly passwords: Password[];
  readonly federatedCredentials: FederatedCredential[];
}

/** A service principal or a managed identity: what a role can be given to, by its object id. */
export interface Principal {
  readonly objectId: string;
  readonly clientId: string;
  readonly displayName: string;
  owners: readonly string[];
  readonly createdAt: Date;
}
