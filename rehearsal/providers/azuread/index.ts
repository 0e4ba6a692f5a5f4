import type { Entra } from "../../clouds/entra";
import type { ProviderModel } from "../../sdk/model";
import { application } from "./application";
import { applicationPassword } from "./application-password";
import { dataSources } from "./data-sources";
import { federatedCredential } from "./federated-credential";
import { servicePrincipal } from "./service-principal";

export function azuread(entra: Entra): ProviderModel {
  return {
    resources: {
      azuread_application: application(entra),
      azuread_application_federated_identity_credential: federatedCredential(entra),
      azuread_application_password: applicationPassword(entra),
      azuread_service_principal: servicePrincipal(entra),
    },
    dataSources: dataSources(entra),
  };
}
