import type { ResourceModel } from "../../sdk/model";
import { text } from "../values";
import { armResource } from "./arm-resource";
import type { AzurermContext } from "./context";

/** A login to another registry, with an identity of its own that reads it from a vault. */
export function credentialSet(context: AzurermContext): ResourceModel {
  const { entra, others } = context.arm;
  const own = armResource(context, {
    type: "azurerm_container_registry_credential_set",
    parentOf: (planned) => text(planned, "container_registry_id"),
    idOf: (planned) => `${text(planned, "container_registry_id")}/credentialSets/${text(planned, "name")}`,
  });
  return {
    ...own,
    create: async (planned, config) => {
      const created = await own.create(planned, config);
      const principal = entra.createManagedIdentity(`credential-set-${text(planned, "name")}`);
      others.add({ id: text(created, "id"), principal });
      return { ...created, identity: [{ principal_id: principal.objectId, tenant_id: entra.tenantId }] };
    },
    delete: async (state) => {
      const principal = others.get(text(state, "id"))?.principal;
      await own.delete(state);
      if (principal) entra.principals.delete(principal.objectId);
    },
  };
}
