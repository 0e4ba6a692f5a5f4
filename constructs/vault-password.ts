import { TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { requireTerraform } from "./required-terraform";

/** Where a password lies in a key vault. */
export interface VaultSecretReference {
  /** Azure resource id of the vault. */
  readonly vaultId: string;
  /** Name of the secret in the vault. */
  readonly name: string;
  /** Number that changes whenever the value does. */
  readonly revision: number;
}

/** A password read from a key vault as an ephemeral resource: cdktf has no class for those. One a stack. */
export class VaultPassword extends Construct {
  /** Ephemeral value: for write-only arguments alone. */
  readonly password: string;

  constructor(scope: Construct, id: string, { vaultId, name }: VaultSecretReference) {
    super(scope, id);
    const local = (localId: string, value: string) => {
      const element = new TerraformLocal(this, localId, value);
      element.overrideLogicalId(localId);
      return element;
    };
    // Through locals: references to other stacks are found in elements, and not in overrides.
    local("vault_id", vaultId);
    local("vault_secret_name", name);
    const stack = TerraformStack.of(this);
    requireTerraform(this, "1.11");
    stack.addOverride("ephemeral.azurerm_key_vault_secret.pull-password", {
      key_vault_id: "${local.vault_id}",
      name: "${local.vault_secret_name}",
    });
    this.password = local("vault_password", "${ephemeral.azurerm_key_vault_secret.pull-password.value}").asString;
  }
}
