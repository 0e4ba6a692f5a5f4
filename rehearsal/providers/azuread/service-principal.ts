import type { Entra } from "../../clouds/entra";
import type { Attributes, ResourceModel } from "../../plugin/model";
import { importBy, text, texts } from "../values";
import { objectIdOf } from "./ids";

export function servicePrincipal(entra: Entra): ResourceModel {
  const read = (state: Attributes): Attributes | undefined => {
    const found = entra.principals.get(objectIdOf(text(state, "id"), "servicePrincipals"));
    return (
      found && {
        client_id: found.clientId,
        object_id: found.objectId,
        display_name: found.displayName,
        owners: found.owners.length === 0 ? (state.owners ?? null) : found.owners,
      }
    );
  };
  return {
    replaces: ["client_id", "use_existing"],
    defaults: () => ({ account_enabled: true }),
    read,
    importState: importBy(read),
    create: (planned) => {
      const clientId = text(planned, "client_id");
      const created = entra.createServicePrincipal(clientId, texts(planned, "owners"));
      return {
        id: `/servicePrincipals/${created.objectId}`,
        object_id: created.objectId,
        display_name: created.displayName,
        application_tenant_id: entra.tenantId,
        app_role_ids: {},
        app_roles: [],
        homepage_url: "",
        logout_url: "",
        oauth2_permission_scope_ids: {},
        oauth2_permission_scopes: [],
        redirect_uris: [],
        saml_metadata_url: "",
        service_principal_names: [clientId],
        sign_in_audience: "AzureADMyOrg",
        tags: texts(planned, "tags"),
        type: "Application",
      };
    },
    update: (prior, planned) => {
      const principal = entra.principals.get(objectIdOf(text(prior, "id"), "servicePrincipals"));
      if (principal) principal.owners = texts(planned, "owners");
      return {};
    },
    delete: (state) => {
      entra.deleteServicePrincipal(objectIdOf(text(state, "id"), "servicePrincipals"));
    },
  };
}
