import type { Attributes, ResourceModel } from "../../sdk/model";
import { block, text } from "../values";
import { armResource } from "./arm-resource";
import type { AzurermContext } from "./context";

/** A login to another registry, with an identity of its own that reads it from a vault. */
export function credentialSet(context: AzurermContext): ResourceModel {
  const { entra, others, registries } = context.arm;
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
      const id = text(created, "id");
      others.add({ id, principal });
      registries.get(text(planned, "container_registry_id"))?.credentialSets.set(id, {
        ...{ loginServer: text(planned, "login_server"), principalId: principal.objectId },
        ...secretsOf(planned),
      });
      return { ...created, identity: [{ principal_id: principal.objectId, tenant_id: entra.tenantId }] };
    },
    update: (prior, planned) => {
      const set = registries.get(text(prior, "container_registry_id"))?.credentialSets.get(text(prior, "id"));
      if (set) Object.assign(set, secretsOf(planned));
      return {};
    },
    delete: async (state) => {
      const principal = others.get(text(state, "id"))?.principal;
      await own.delete(state);
      registries.get(text(state, "container_registry_id"))?.credentialSets.delete(text(state, "id"));
      if (principal) entra.principals.delete(principal.objectId);
    },
  };
}

function secretsOf(planned: Attributes) {
  const credentials = block(planned, "authentication_credentials");
  return {
    usernameSecret: text(credentials, "username_secret_id"),
    passwordSecret: text(credentials, "password_secret_id"),
  };
}
