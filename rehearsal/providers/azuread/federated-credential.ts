import type { Entra } from "../../clouds/entra";
import type { FederatedCredential } from "../../clouds/federation";
import { CloudError, type Attributes, type ResourceModel } from "../../sdk/model";
import { optionalText, text, texts } from "../values";
import { objectIdOf } from "./ids";

/** A federated credential of an application. */
export function federatedCredential(entra: Entra): ResourceModel {
  const find = (state: Attributes): FederatedCredential | undefined => {
    const objectId = objectIdOf(text(state, "application_id"), "applications");
    return entra.applications.get(objectId)?.federatedCredentials.find(({ id }) => id === state.credential_id);
  };
  return {
    read: (state) => {
      const found = find(state);
      if (!found) return undefined;
      const { issuer, subject, audience, description, name } = found;
      return { issuer, subject, audiences: [audience], description, display_name: name };
    },
    create: (planned) => {
      const objectId = objectIdOf(text(planned, "application_id"), "applications");
      const created = entra.addFederatedCredential(objectId, wanted(planned));
      return { id: `${objectId}/federatedIdentityCredential/${created.id}`, credential_id: created.id };
    },
    update: (prior, planned) => {
      const found = find(prior);
      if (found) Object.assign(found, wanted(planned));
      return {};
    },
    delete: (state) => {
      const objectId = objectIdOf(text(state, "application_id"), "applications");
      entra.removeFederatedCredential(objectId, text(state, "credential_id"));
    },
  };
}

function wanted(planned: Attributes): Omit<FederatedCredential, "id" | "isDelayed" | "knownFrom"> {
  const [audience, ...others] = texts(planned, "audiences");
  if (audience === undefined || others.length > 0) {
    throw new CloudError("A maximum of 1 `audiences` item is allowed, and one is required");
  }
  return {
    ...{ name: text(planned, "display_name"), audience, description: optionalText(planned, "description") ?? "" },
    ...{ issuer: text(planned, "issuer"), subject: text(planned, "subject") },
  };
}
