import { vaultId } from "../../clouds/arm-ids";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { alreadyExists, block, flag, importBy, text } from "../values";
import type { AzurermContext } from "./context";

export function keyVault(context: AzurermContext): ResourceModel {
  const { arm } = context;
  const read = (state: Attributes): Attributes | undefined => {
    const vault = arm.vaults.get(text(state, "id"));
    return (
      vault && {
        ...{ name: vault.name, location: vault.location, tenant_id: vault.tenantId, vault_uri: vault.uri },
        resource_group_name: vault.id.split("/")[4] ?? "",
        sku_name: "standard",
      }
    );
  };
  return {
    read,
    importState: importBy(read),
    create: (planned) => {
      const [group, name] = [text(planned, "resource_group_name"), text(planned, "name")];
      const id = vaultId(context.subscriptionId, group, name);
      if (arm.vaults.get(id)) throw alreadyExists("azurerm_key_vault", id);
      const vault = arm.createVault(context.subscriptionId, group, name, text(planned, "location"));
      const rbac = flag(planned, "rbac_authorization_enabled", flag(planned, "enable_rbac_authorization"));
      return {
        id,
        vault_uri: vault.uri,
        network_acls: [{ bypass: "AzureServices", default_action: "Allow", ...block(planned, "network_acls") }],
        rbac_authorization_enabled: rbac,
        // Gone in azurerm 5.
        ...("enable_rbac_authorization" in planned && { enable_rbac_authorization: rbac }),
      };
    },
    update: () => ({}),
    delete: (state) => {
      arm.deleteResource(text(state, "id"));
    },
  };
}
