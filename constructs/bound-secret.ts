import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { Construct } from "constructs";
import { controllersSecretName, type NamedPullSecret } from "../config/pull-secret";

export interface BoundSecretProps {
  readonly secret: NamedPullSecret;
  readonly namespace: string;
  /** Host that the images' names begin with. */
  readonly loginServer: string;
  readonly clientId: string;
  readonly tenantId: string;
  /** Service account whose tokens are exchanged, and that gets the secret. */
  readonly account: string;
  /** `PublicCloud` */
  readonly environmentType: string;
  /** What may be pulled: the token is for nothing else. */
  readonly repositories: readonly string[];
}

/**
 * A pull secret that msi-acrpull writes, and renews when half the life of its token is over. Waited for: pods come after it.
 * https://github.com/Azure/msi-acrpull
 */
export class BoundSecret extends Construct {
  /** Name of the secret, as a reference that makes users wait for it. */
  readonly secretName: string;

  constructor(scope: Construct, id: string, props: BoundSecretProps) {
    super(scope, id);
    const { secret, namespace, loginServer, clientId, tenantId, account, environmentType, repositories } = props;
    const { fqn } = new Manifest(this, "binding", {
      manifest: {
        apiVersion: "acrpull.microsoft.com/v1beta2",
        kind: "AcrPullBinding",
        metadata: { name: secret.name, namespace },
        spec: {
          acr: {
            server: loginServer,
            environment: environmentType,
            scope: [...new Set(repositories)]
              .sort()
              .map((repository) => `repository:${repository}:pull`)
              .join(" "),
          },
          // The token is that of the account which gets the secret, whatever the reference says.
          auth: { workloadIdentity: { serviceAccountRef: account, clientID: clientId, tenantID: tenantId } },
          serviceAccountName: account,
        },
      },
      // It has no conditions, and `*` would match what is empty.
      wait: { fields: { "status.tokenExpirationTime": "^[0-9]" } },
    });
    this.secretName = controllersSecretName({ controller: "acrPull" }, `\${${fqn}.object.metadata.name}`);
  }
}
