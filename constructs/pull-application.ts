import { Application } from "@cdktf/provider-azuread/lib/application";
import { DataAzureadClientConfig } from "@cdktf/provider-azuread/lib/data-azuread-client-config";
import { ServicePrincipal } from "@cdktf/provider-azuread/lib/service-principal";
import type { Construct } from "constructs";
import { applicationLookup, principalLookup, principalsFoundBy } from "../bindings/lookups";
import type { Text } from "../config/text";
import { AdoptedResource } from "./adopted-resource";
import { literal } from "./literal";
import { RegistryRole, type AdoptedRole, type RegistryRoleProps } from "./registry-role";

export interface PullApplicationProps extends Omit<
  RegistryRoleProps,
  "principalId" | "adopt" | "push" | "isApplication"
> {
  /** Display name of the application in Entra ID. */
  readonly displayName: Text;
  /** Object ids. Whoever runs Terraform must be one. @default - whoever runs Terraform first */
  readonly owners?: readonly string[] | undefined;
  /** Client id of an application that was made by hand: the next apply imports it with its principal and role. @default - it is made here */
  readonly adopt?: string | undefined;
}

/**
 * Makes an application with its principal, which may pull from one registry. Whatever proves that it is the one, it has the same
 * place in its stack: another way to do that leaves the application and its role as they are.
 */
export function addPullApplication(scope: Construct, props: PullApplicationProps): Application {
  // Without owners the caller would lose the application that it just made.
  const owners = props.owners ? [...props.owners] : [new DataAzureadClientConfig(scope, "caller", {}).objectId];
  // Laptop and pipeline are different callers: the first one stays, or each would evict the other.
  const lifecycle = props.owners ? undefined : { ignoreChanges: ["owners"] };
  const application = new Application(scope, "application", {
    displayName: literal(props.displayName),
    preventDuplicateNames: true,
    owners,
    lifecycle,
  });
  const { clientId } = application;
  const principal = new ServicePrincipal(scope, "principal", { clientId, owners, lifecycle });
  const adopt = props.adopt === undefined ? undefined : adopted(scope, props.adopt, application, principal);
  new RegistryRole(scope, "role", { ...props, principalId: principal.objectId, adopt });
  return application;
}

/** @returns What the role is found by. */
function adopted(
  scope: Construct,
  clientId: string,
  application: Application,
  principal: ServicePrincipal,
): AdoptedRole {
  new AdoptedResource(scope, "adopted-application", {
    resource: application,
    what: `application with a principal and the client id ${clientId}`,
    object: (data) => applicationLookup(data, clientId),
  });
  const found = new AdoptedResource(scope, "adopted-principal", {
    resource: principal,
    what: `principal of the application ${clientId}`,
    object: (data) => principalLookup(data, clientId),
  });
  return { of: `the application ${clientId}`, principals: principalsFoundBy(found.friendlyUniqueId) };
}
