import type { Entra } from "../../clouds/entra";
import type { Attributes, ResourceModel } from "../../plugin/model";
import { importBy, text, texts } from "../values";
import { objectIdOf } from "./ids";

export function application(entra: Entra): ResourceModel {
  const read = (state: Attributes): Attributes | undefined => {
    const found = entra.applications.get(objectIdOf(text(state, "id"), "applications"));
    return (
      found && {
        display_name: found.displayName,
        client_id: found.clientId,
        object_id: found.objectId,
        owners: found.owners.length === 0 ? (state.owners ?? null) : found.owners,
      }
    );
  };
  return {
    replaces: ["template_id"],
    defaults: () => ({ sign_in_audience: "AzureADMyOrg" }),
    read,
    importState: importBy(read),
    create: (planned) => {
      // Without `owners` the provider takes the caller, Graph's choice, off the list again.
      const created = entra.createApplication(text(planned, "display_name"), texts(planned, "owners"));
      return {
        id: `/applications/${created.objectId}`,
        object_id: created.objectId,
        client_id: created.clientId,
        app_role_ids: {},
        oauth2_permission_scope_ids: {},
        publisher_domain: "example.onmicrosoft.com",
        disabled_by_microsoft: "",
        logo_url: "",
        template_id: "",
        tags: texts(planned, "tags"),
      };
    },
    update: (prior, planned) => {
      const objectId = objectIdOf(text(prior, "id"), "applications");
      entra.updateApplication(objectId, text(planned, "display_name"), texts(planned, "owners"));
      return {};
    },
    delete: (state) => {
      entra.deleteApplication(objectIdOf(text(state, "id"), "applications"));
    },
  };
}
