import type { Entra } from "../../clouds/entra";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { importBy, text, texts } from "../values";
import { objectIdOf } from "./ids";

export function servicePrincipal(entra: Entra): ResourceModel {
  /** Graph has all of these in every principal. */
  const ofEvery = {
    application_tenant_id: entra.tenantId,
    sign_in_audience: "AzureADMyOrg",
    type: "Application",
    feature_tags: [{}],
    features: [{ visible_to_users: true }],
    saml_single_sign_on: [{}],
  };
  const read = (state: Attributes): Attributes | undefined => {
    const found = entra.principals.get(objectIdOf(text(state, "id"), "servicePrincipals"));
    return (
      found && {
        client_id: found.clientId,
        object_id: found.objectId,
        display_name: found.displayName,
        owners: found.owners,
      }
    );
  };
  return {
    read,
    importState: (id) => ({ ...importBy(read)(id), ...ofEvery }),
    create: (planned) => {
      const clientId = text(planned, "client_id");
      const created = entra.createServicePrincipal(clientId, texts(planned, "owners"));
      return {
        id: `/servicePrincipals/${created.objectId}`,
        object_id: created.objectId,
        display_name: created.displayName,
        ...ofEvery,
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
