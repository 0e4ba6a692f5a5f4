import { resource, setUp } from "../harness";

/** Clouds with the tutorial's application and principal, made by Terraform. */
export async function withPrincipal() {
  const world = setUp();
  const [applications, principals, passwords] = [
    resource(world.providers.azuread, "azuread_application"),
    resource(world.providers.azuread, "azuread_service_principal"),
    resource(world.providers.azuread, "azuread_application_password"),
  ];
  const owners = [world.clouds.entra.caller.objectId];
  const application = await applications.create({ display_name: "acr-sp-demo", owners });
  const principal = await principals.create({ client_id: application.client_id ?? null, owners });
  return { ...world, applications, principals, passwords, application, principal };
}
