import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";

export interface RegistryLockProps {
  /** Azure resource id of the registry. */
  readonly registryId: string;
  /** What it locks in this stack: made before it, so that Terraform lifts the lock before it deletes them. */
  readonly after: readonly Construct[];
}

/** Keeps everybody from deleting a registry, and what lies below it: roles, tokens, cache rules. */
export class RegistryLock extends Construct {
  constructor(scope: Construct, id: string, { registryId, after }: RegistryLockProps) {
    super(scope, id);
    const locked = after.flatMap(({ node }) =>
      node.findAll().filter((one) => TerraformResource.isTerraformResource(one)),
    );
    new ManagementLock(this, "lock", {
      name: "acr-pull",
      scope: registryId,
      lockLevel: "CanNotDelete",
      dependsOn: locked,
      notes: "registry.lock of acr-pull: lift it there before something of the registry is deleted.",
    });
  }
}
