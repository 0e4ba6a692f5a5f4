import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { vaultSecretName } from "../config/pull-secret";
import { ImagePullSecret } from "./image-pull-secret";
import type { Deadline, PullCredential, PullTarget } from "./pull-credential";
import { revisionOf } from "./revision";
import { VaultPassword, type VaultSecretReference } from "./vault-password";

/**
 * The password goes through a key vault: read during plan and apply, written to the cluster, and kept in no state and no
 * plan of the stack that grants.
 */
export class VaultCredential implements PullCredential {
  constructor(
    private readonly username: string,
    private readonly secret: VaultSecretReference,
    readonly deadline: Deadline,
  ) {}

  grant(scope: Construct, { secret: named, ...target }: PullTarget): string {
    const { username, secret, deadline } = this;
    const stack = TerraformStack.of(scope);
    const { password } =
      (stack.node.tryFindChild("vault-password") as VaultPassword | undefined) ??
      new VaultPassword(stack, "vault-password", secret);
    // An id of its own for the same reason as the name.
    return new ImagePullSecret(scope, "vault-pull-secret", {
      ...{
        ...target,
        secret: { ...named, name: vaultSecretName(named.name) },
        username,
        password,
        deadline,
      },
      writeOnlyRevision: revisionOf([target.loginServer, username, secret.revision]),
    }).secretName;
  }
}
