import type { Construct } from "constructs";
import type { Azure, Federated } from "../config";
import { assertNever } from "../config/never";
import { BoundSecret } from "./bound-secret";
import { GeneratedSecret } from "./generated-secret";
import type { PullCredential, PullTarget } from "./pull-credential";
import { TrustedAccount } from "./trusted-account";

export interface FederatedCredentialProps extends Pick<Federated, "controller" | "serviceAccount"> {
  readonly clientId: string;
  readonly tenantId: string;
  readonly cloud: Azure["cloud"];
  /** What the cluster pulls. */
  readonly repositories: readonly string[];
}

/** Azure's clouds, as both controllers call them. */
const ENVIRONMENTS = {
  public: "PublicCloud",
  usgovernment: "USGovernmentCloud",
  china: "ChinaCloud",
} as const satisfies Record<Azure["cloud"], string>;

/** A controller in the cluster keeps the pull secret: nobody else ever has what is in it, and it ends after hours. */
export class FederatedCredential implements PullCredential {
  constructor(private readonly props: FederatedCredentialProps) {}

  grant(scope: Construct, { namespace, loginServer, secret }: PullTarget): string {
    const { controller, serviceAccount: name, clientId, tenantId, cloud, repositories } = this.props;
    const { accountName: account } = new TrustedAccount(scope, "trusted-account", {
      ...{ name, namespace, clientId, tenantId },
    });
    const shared = { secret, namespace, loginServer, tenantId, account, environmentType: ENVIRONMENTS[cloud] };
    switch (controller) {
      case "externalSecrets":
        return new GeneratedSecret(scope, "generated-secret", shared).secretName;
      case "acrPull":
        return new BoundSecret(scope, "bound-secret", { ...shared, clientId, repositories }).secretName;
      default:
        return assertNever(controller);
    }
  }
}
