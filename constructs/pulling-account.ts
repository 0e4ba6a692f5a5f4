import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";

/** The account that Kubernetes makes in every namespace, and that pods have which name none. */
const DEFAULT = "default";

export interface PullingAccountProps {
  /** `default` is there already; others are made. */
  readonly name: string;
  readonly namespace: string;
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

  constructor(scope: Construct, id: string, { name, namespace, pullSecretName }: PullingAccountProps) {
    super(scope, id);
    const imagePullSecret = pullSecretName === undefined ? undefined : [{ name: pullSecretName }];
    if (name !== DEFAULT) {
      const { metadata } = new ServiceAccountV1(this, "account", { metadata: { name, namespace }, imagePullSecret });
      this.accountName = metadata.name;
      return;
    }
    this.accountName = name;
    // Nothing to add, and owning it would take away what others have added.
    if (imagePullSecret) new DefaultServiceAccountV1(this, "account", { metadata: { namespace }, imagePullSecret });
  }
}
