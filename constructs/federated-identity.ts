import { ApplicationFederatedIdentityCredential } from "@cdktf/provider-azuread/lib/application-federated-identity-credential";
import { DataAzureadClientConfig } from "@cdktf/provider-azuread/lib/data-azuread-client-config";
import { Construct } from "constructs";
import { addPasswordSlots } from "./password-slots";
import { addPullApplication, type PullApplicationProps } from "./pull-application";
import type { Rotation } from "./rotation-clock";

export interface FederatedIdentityProps extends PullApplicationProps {
  /** `iss` of the tokens that are trusted, letter by letter. */
  readonly issuer: string;
  /** `aud` of the tokens that are trusted. */
  readonly audience: string;
  /** At most 20: the application trusts one service account in each. */
  readonly namespaces: readonly string[];
  /** Name of that service account. */
  readonly serviceAccount: string;
  /** Of the passwords that it has as well, for a cluster that does not pull by its tokens yet. @default - it has none */
  readonly passwords?: Rotation | undefined;
}

/** A service principal that may pull from one registry, and has no password: tokens of service accounts speak for it. */
export class FederatedIdentity extends Construct {
  readonly clientId: string;
  readonly tenantId: string;

  constructor(scope: Construct, id: string, props: FederatedIdentityProps) {
    super(scope, id);
    const { issuer, audience, namespaces, serviceAccount } = props;
    const application = addPullApplication(this, props);
    this.clientId = application.clientId;
    this.tenantId = new DataAzureadClientConfig(this, "tenant", {}).tenantId;
    if (props.passwords) addPasswordSlots(this, application, props.passwords);
    const trust = new Construct(this, "trust");
    for (const namespace of namespaces) {
      new ApplicationFederatedIdentityCredential(trust, namespace, {
        applicationId: application.id,
        // At least three characters, which a namespace need not have.
        displayName: `pull-${namespace}`,
        description: `The pull secret of namespace ${namespace}.`,
        issuer,
        subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
        // One, although it is a list.
        audiences: [audience],
      });
    }
  }
}
