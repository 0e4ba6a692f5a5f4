import { DataKubernetesResource } from "@cdktf/provider-kubernetes/lib/data-kubernetes-resource";
import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Token, type IResolvable } from "cdktf";
import { Construct } from "constructs";

/** The account that Kubernetes makes in every namespace, and that pods have which name none. */
const DEFAULT = "default";

export interface PullingAccountProps {
  /** `default` is there already; others are made. */
  readonly name: string;
  readonly namespace: string;
  /** Whether the namespace is somebody else's. */
  readonly existing: boolean;
  /** The secret that its pods pull with. @default - their nodes pull by themselves */
  readonly pullSecretName: string | undefined;
}

/**
 * A service account whose pods pull without naming the secret. Of `default`, this owns the whole list of pull secrets; and where it
 * is taken away, the provider deletes that account, which Kubernetes then makes anew.
 */
export class PullingAccount extends Construct {
  /** Its name; where it is made, a reference that makes users wait for it. */
  readonly accountName: string;

  constructor(scope: Construct, id: string, props: PullingAccountProps) {
    super(scope, id);
    const { name, namespace, pullSecretName } = props;
    const imagePullSecret = pullSecretName === undefined ? undefined : [{ name: pullSecretName }];
    if (name !== DEFAULT) {
      const { metadata } = new ServiceAccountV1(this, "account", { metadata: { name, namespace }, imagePullSecret });
      this.accountName = metadata.name;
      return;
    }
    this.accountName = name;
    // Nothing to add, and owning it would take away what others have added.
    if (!imagePullSecret) return;
    const automountServiceAccountToken = props.existing ? this.tokenOf(namespace) : undefined;
    new DefaultServiceAccountV1(this, "account", {
      metadata: { namespace },
      automountServiceAccountToken,
      imagePullSecret,
    });
  }

  /** Whether pods get the account's token, as somebody else has decided: left out, the provider gives it to all of them. */
  private tokenOf(namespace: string): IResolvable {
    const metadata = { name: DEFAULT, namespace };
    const { fqn } = new DataKubernetesResource(this, "before", { apiVersion: "v1", kind: "ServiceAccount", metadata });
    return Token.asAny(`\${try(${fqn}.object.automountServiceAccountToken, true)}`);
  }
}
