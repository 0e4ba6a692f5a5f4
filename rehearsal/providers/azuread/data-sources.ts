import type { Entra } from "../../clouds/entra";
import type { ReadModel } from "../../sdk/model";

export function dataSources(entra: Entra): Readonly<Record<string, ReadModel>> {
  return {
    azuread_client_config: {
      read: () => ({
        id: `${entra.tenantId}-${entra.caller.clientId}-${entra.caller.objectId}`,
        client_id: entra.caller.clientId,
        object_id: entra.caller.objectId,
        tenant_id: entra.tenantId,
      }),
    },
  };
}
