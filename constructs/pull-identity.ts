import { Application } from "@cdktf/provider-azuread/lib/application";
import { ApplicationPasswordA as ApplicationPassword } from "@cdktf/provider-azuread/lib/application-password";
import { DataAzureadClientConfig } from "@cdktf/provider-azuread/lib/data-azuread-client-config";
import { ServicePrincipal } from "@cdktf/provider-azuread/lib/service-principal";
import { Construct } from "constructs";
import { applicationLookup, principalLookup, principalsFoundBy } from "../bindings/lookups";
import type { Text } from "../config/text";
import { AdoptedResource } from "./adopted-resource";
import { literal } from "./literal";
import { RegistryRole, type AdoptedRole, type RegistryRoleProps } from "./registry-role";
import { activeSecret, type RotatingSecret } from "./rotating-secret";
import { RotationClock, type Rotation } from "./rotation-clock";

export interface PullIdentityProps extends Omit<RegistryRoleProps, "principalId" | "adopt" | "push" | "isApplication"> {
  /** Display name of the application in Entra ID. */
  readonly displayName: Text;
  /** Object ids. Whoever runs Terraform must be one. @default - whoever runs Terraform first */
  readonly owners?: readonly string[];
  readonly rotation: Rotation;
  /** Client id of an application that was made by hand: the next apply imports it with its principal and role. @default - it is made here */
  readonly adopt?: string | undefined;
}

/** A service principal that may pull from one registry, with passwords that overlap. */
export class PullIdentity extends Construct {
  readonly secret: RotatingSecret;

  constructor(scope: Construct, id: string, props: PullIdentityProps) {
    super(scope, id);
    // Without owners the caller would lose the application that it just made.
    const owners = props.owners ? [...props.owners] : [new DataAzureadClientConfig(this, "caller", {}).objectId];
    // Laptop and pipeline are different callers: the first one stays, or each would evict the other.
    const lifecycle = props.owners ? undefined : { ignoreChanges: ["owners"] };
    const application = new Application(this, "application", {
      displayName: literal(props.displayName),
      preventDuplicateNames: true,
      owners,
      lifecycle,
    });
    const { clientId } = application;
    const principal = new ServicePrincipal(this, "principal", { clientId, owners, lifecycle });
    const adopted = props.adopt === undefined ? undefined : this.import(props.adopt, application, principal);
    new RegistryRole(this, "role", { ...props, principalId: principal.objectId, adopt: adopted });

    const clock = new RotationClock(this, "clock", props.rotation);
    const passwords = Array.from({ length: props.rotation.slots }, (_, slot) => {
      return new ApplicationPassword(this, `slot-${slot}`, {
        applicationId: application.id,
        displayName: `slot-${slot}`,
        // end_date_relative would be ignored.
        endDate: clock.slotEnd(slot),
        lifecycle: { createBeforeDestroy: true },
      });
    });
    const slots = passwords.map(({ value }) => ({ username: clientId, password: value }));
    this.secret = activeSecret(this, clock, slots);
  }

  /** @returns What its role is found by. */
  private import(clientId: string, application: Application, principal: ServicePrincipal): AdoptedRole {
    new AdoptedResource(this, "adopted-application", {
      resource: application,
      what: `application with a principal and the client id ${clientId}`,
      object: (data) => applicationLookup(data, clientId),
    });
    const found = new AdoptedResource(this, "adopted-principal", {
      resource: principal,
      what: `principal of the application ${clientId}`,
      object: (data) => principalLookup(data, clientId),
    });
    return { of: `the application ${clientId}`, principals: principalsFoundBy(found.friendlyUniqueId) };
  }
}
