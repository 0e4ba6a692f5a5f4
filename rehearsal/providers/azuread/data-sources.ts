import type { Entra } from "../../clouds/entra";
import type { Attributes, ReadModel } from "../../plugin/model";
import { CloudError } from "../../plugin/model";
import { optionalText } from "../values";

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
    azuread_application: {
      read: (config) => {
        const { objectId, clientId, displayName, owners } = find("application", entra.applications.values(), config);
        const names = { object_id: objectId, client_id: clientId, display_name: displayName };
        return { id: `/applications/${objectId}`, ...names, owners };
      },
    },
    azuread_service_principal: {
      read: (config) => {
        const { objectId, clientId, displayName } = find("service principal", entra.principals.values(), config);
        const names = { object_id: objectId, client_id: clientId, display_name: displayName };
        return { id: `/servicePrincipals/${objectId}`, ...names };
      },
    },
  };
}

interface Named {
  readonly objectId: string;
  readonly clientId: string;
  readonly displayName: string;
}

function find<T extends Named>(kind: string, objects: Iterable<T>, config: Attributes): T {
  const objectId = optionalText(config, "object_id");
  const clientId = optionalText(config, "client_id");
  const displayName = optionalText(config, "display_name");
  const found = [...objects].find(
    (object) => object.objectId === objectId || object.clientId === clientId || object.displayName === displayName,
  );
  if (found) return found;
  throw new CloudError(`No ${kind} found matching "${objectId ?? clientId ?? displayName ?? ""}"`);
}
