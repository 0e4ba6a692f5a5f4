import { ContainerRegistryCredentialSet } from "@cdktf/provider-azurerm/lib/container-registry-credential-set";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Construct } from "constructs";

export interface CacheCredentialProps {
  /** Azure resource id of the registry. A change replaces the set. */
  readonly registryId: string;
  /** Name of the set. A change replaces it. */
  readonly name: string;
  /** Host that it signs in to. A change replaces the set. */
  readonly loginServer: string;
  /** A key vault that exists, in the mode of Azure RBAC. */
  readonly vault: { readonly name: string; readonly resourceGroup: string };
  /** Names of the two secrets. */
  readonly usernameSecret: string;
  readonly passwordSecret: string;
}

/** A login to another registry, for cache rules. What it signs in with stays in the vault: no state has it. */
export class CacheCredential extends Construct {
  /** Azure resource id of the set, once it may read its secrets. */
  readonly id: string;

  constructor(scope: Construct, id: string, props: CacheCredentialProps) {
    super(scope, id);
    const { registryId, name, loginServer, usernameSecret, passwordSecret } = props;
    const { name: vaultName, resourceGroup: resourceGroupName } = props.vault;
    const vault = new DataAzurermKeyVault(this, "vault", { name: vaultName, resourceGroupName });
    const set = new ContainerRegistryCredentialSet(this, "set", {
      containerRegistryId: registryId,
      name,
      loginServer,
      identity: { type: "SystemAssigned" },
      authenticationCredentials: {
        usernameSecretId: `${vault.vaultUri}secrets/${usernameSecret}`,
        passwordSecretId: `${vault.vaultUri}secrets/${passwordSecret}`,
      },
    });
    this.id = set.id;
    for (const [role, secret] of Object.entries({ "read-username": usernameSecret, "read-password": passwordSecret })) {
      new RoleAssignment(this, role, {
        scope: `${vault.id}/secrets/${secret}`,
        roleDefinitionName: "Key Vault Secrets User",
        principalId: set.identity.principalId,
        principalType: "ServicePrincipal",
      });
    }
  }
}
