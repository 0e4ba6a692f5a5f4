import type { Entra } from "../../clouds/entra";
import { CloudError, type ReadModel } from "../../sdk/model";
import { flag, optionalText, texts } from "../values";

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
        const found = [...entra.applications.values()].find(
          ({ clientId, displayName, objectId }) =>
            clientId === optionalText(config, "client_id") ||
            displayName === optionalText(config, "display_name") ||
            objectId === optionalText(config, "object_id"),
        );
        if (!found) throw new CloudError("Application not found");
        return {
          id: `/applications/${found.objectId}`,
          object_id: found.objectId,
          client_id: found.clientId,
          display_name: found.displayName,
          owners: [...found.owners],
        };
      },
    },
    azuread_service_principals: {
      read: (config) => {
        const wanted = texts(config, "client_ids");
        const found = wanted.flatMap((id) => [...entra.principals.values()].filter(({ clientId }) => clientId === id));
        if (found.length < wanted.length && !flag(config, "ignore_missing"))
          throw new CloudError(`Service principal not found with application ID: "${wanted.join()}"`);
        return {
          id: `servicePrincipals#${found.map(({ objectId }) => objectId).join("-")}`,
          client_ids: found.map(({ clientId }) => clientId),
          object_ids: found.map(({ objectId }) => objectId),
          display_names: found.map(({ displayName }) => displayName),
        };
      },
    },
  };
}
