import type { Entra } from "../../clouds/entra";
import { CloudError, type Attributes, type ResourceModel } from "../../sdk/model";
import { block, count, flag, importBy, text, texts } from "../values";
import { objectIdOf } from "./ids";

/** Graph has all of these in every application. */
const OF_EVERY = {
  publisher_domain: "example.onmicrosoft.com",
  feature_tags: [{}],
  optional_claims: [{}],
  public_client: [{}],
  single_page_application: [{}],
  web: [{ implicit_grant: [{}] }],
};

export function application(entra: Entra): ResourceModel {
  const read = (state: Attributes): Attributes | undefined => {
    const found = entra.applications.get(objectIdOf(text(state, "id"), "applications"));
    return (
      found && {
        display_name: found.displayName,
        client_id: found.clientId,
        object_id: found.objectId,
        owners: found.owners,
      }
    );
  };
  return {
    read,
    importState: (id) => ({ ...importBy(read)(id), ...OF_EVERY, api: [{ requested_access_token_version: 1 }] }),
    create: (planned) => {
      const displayName = text(planned, "display_name");
      const twin = [...entra.applications.values()].find((other) => other.displayName === displayName);
      if (twin && flag(planned, "prevent_duplicate_names")) {
        throw new CloudError(
          `An existing "azuread_application" with name "${displayName}" (ID: "/applications/${twin.objectId}") was found and \`prevent_duplicate_names\` was specified`,
        );
      }
      // Without `owners` the provider takes the caller, Graph's choice, off the list again.
      const created = entra.createApplication(displayName, texts(planned, "owners"));
      return {
        id: `/applications/${created.objectId}`,
        object_id: created.objectId,
        client_id: created.clientId,
        ...OF_EVERY,
        api: [{ requested_access_token_version: count(block(planned, "api"), "requested_access_token_version", 1) }],
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
