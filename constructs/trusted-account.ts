import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";

export interface TrustedAccountProps {
  readonly name: string;
  readonly namespace: string;
  /** Of the application that trusts it. */
  readonly clientId: string;
  /** Of the application. */
  readonly tenantId: string;
}

/** A service account whose tokens an application in Entra ID trusts. Controllers ask for them; no pod needs to have it. */
export class TrustedAccount extends Construct {
  /** Its name, as a reference that makes users wait for it. */
  readonly accountName: string;

  constructor(scope: Construct, id: string, { name, namespace, clientId, tenantId }: TrustedAccountProps) {
    super(scope, id);
    const account = new ServiceAccountV1(this, "account", {
      metadata: {
        name,
        namespace,
        annotations: {
          "azure.workload.identity/client-id": clientId,
          "azure.workload.identity/tenant-id": tenantId,
        },
      },
      automountServiceAccountToken: false,
      // msi-acrpull adds the secret that it writes to the account.
      lifecycle: { ignoreChanges: ["image_pull_secret"] },
    });
    this.accountName = account.metadata.name;
  }
}
