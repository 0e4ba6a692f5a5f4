import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { KeyVaultSecret } from "@cdktf/provider-azurerm/lib/key-vault-secret";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { TextMap } from "../config/text";
import { ForgottenResource } from "./forgotten-resource";
import { literalMap } from "./literal";
import { requireTerraform } from "./required-terraform";
import { revisionOf } from "./revision";
import type { RotatingSecret } from "./rotating-secret";
import { VaultCredential } from "./vault-credential";

export interface VaultDeliveryProps {
  readonly vault: AdoptedVaultProps | CreatedVaultProps;
  readonly secret: RotatingSecret;
  /** Name of the secret in the vault. */
  readonly secretName: string;
  /** Name of a secret for the user name, which changes with the generations of some. @default - who reads the password knows it otherwise */
  readonly userSecretName?: string;
  /** Tags of the vault, where it is created. */
  readonly tags: TextMap;
}

/** A key vault that somebody else made. */
export interface AdoptedVaultProps {
  readonly kind: "adopted";
  readonly name: string;
  /** Resource group of the vault, which exists. */
  readonly resourceGroup: string;
}

/** A key vault to make. */
export interface CreatedVaultProps extends Omit<AdoptedVaultProps, "kind"> {
  readonly kind: "created";
  readonly location: string;
}

/** Puts the active password into a key vault, created or existing, for the cluster's stack to fetch. */
export class VaultDelivery extends Construct {
  readonly credential: VaultCredential;

  constructor(scope: Construct, id: string, props: VaultDeliveryProps) {
    super(scope, id);
    const { vault, secret, secretName, userSecretName, tags } = props;
    const vaultId = vault.kind === "adopted" ? this.adopt(vault) : this.create(vault, tags);
    // A local, so that this travels to the cluster's stack and not the password that it is made of.
    const revision = new TerraformLocal(this, "revision", revisionOf([secret.password])).asNumber;
    // Write-only arguments.
    requireTerraform(this, "1.11");
    const stored = new KeyVaultSecret(this, "secret", {
      keyVaultId: vaultId,
      name: secretName,
      contentType: "password of an image pull",
      valueWo: secret.password,
      valueWoVersion: revision,
    });
    if (userSecretName !== undefined) {
      new KeyVaultSecret(this, "username", {
        ...{ keyVaultId: vaultId, name: userSecretName, contentType: "user name of an image pull" },
        value: secret.username,
      });
    }
    const reference = { vaultId, name: stored.name, revision };
    this.credential = new VaultCredential(secret.username, reference, secret);
  }

  private adopt({ name, resourceGroup: resourceGroupName }: AdoptedVaultProps): string {
    const vault = new DataAzurermKeyVault(this, "vault", { name, resourceGroupName });
    new ForgottenResource(this, "handed-over", { type: KeyVault.tfResourceType, inPlaceOf: vault });
    return vault.id;
  }

  private create({ name, resourceGroup, location }: CreatedVaultProps, tags: VaultDeliveryProps["tags"]): string {
    return new KeyVault(this, "vault", {
      name,
      resourceGroupName: resourceGroup,
      location,
      tenantId: new DataAzurermClientConfig(this, "caller", {}).tenantId,
      skuName: "standard",
      rbacAuthorizationEnabled: true,
      tags: literalMap(tags),
    }).id;
  }
}
