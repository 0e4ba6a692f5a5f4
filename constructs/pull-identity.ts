import { Application } from "@cdktf/provider-azuread/lib/application";
import { ApplicationPasswordA as ApplicationPassword } from "@cdktf/provider-azuread/lib/application-password";
import { DataAzureadClientConfig } from "@cdktf/provider-azuread/lib/data-azuread-client-config";
import { ServicePrincipal } from "@cdktf/provider-azuread/lib/service-principal";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { RotationConfig } from "../config";
import type { PullCredential } from "./pull-credential";
import { RotationClock } from "./rotation-clock";

export interface PullIdentityProps {
  /** Display name of the application in Entra ID. */
  readonly displayName: string;
  /** Object ids. Whoever runs Terraform must be one. @default - whoever runs Terraform first */
  readonly owners?: readonly string[];
  /** Azure resource id of the registry: the scope of the role, and nothing wider. */
  readonly registryId: string;
  /** Name of the role on the registry. */
  readonly role: string;
  /** Azure ABAC condition on the role, version 2.0. @default - none */
  readonly condition?: string;
  readonly rotation: RotationConfig;
}

/** A service principal that may pull from one registry, with passwords that overlap. */
export class PullIdentity extends Construct {
  readonly credential: PullCredential;

  constructor(scope: Construct, id: string, props: PullIdentityProps) {
    super(scope, id);
    // Without owners the caller would lose the application that it just made.
    const owners = props.owners ? [...props.owners] : [new DataAzureadClientConfig(this, "caller", {}).objectId];
    // Laptop and pipeline are different callers: the first one stays, or each would evict the other.
    const lifecycle = props.owners ? undefined : { ignoreChanges: ["owners"] };
    const application = new Application(this, "application", {
      displayName: props.displayName,
      preventDuplicateNames: true,
      owners,
      lifecycle,
    });
    const principal = new ServicePrincipal(this, "principal", { clientId: application.clientId, owners, lifecycle });
    new RoleAssignment(this, "role", {
      scope: props.registryId,
      roleDefinitionName: props.role,
      principalId: principal.objectId,
      // Spares the check that fails while a new principal is still unknown to some of Azure.
      principalType: "ServicePrincipal",
      condition: props.condition,
      conditionVersion: props.condition === undefined ? undefined : "2.0",
    });

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
    // A local of its own, so that consumers' states get this password and not those of the other slots.
    const active = new TerraformLocal(
      this,
      "active-password",
      Fn.element(
        passwords.map(({ value }) => value),
        clock.activeSlot,
      ),
    );
    this.credential = {
      username: application.clientId,
      password: active.asString,
      expires: clock.expires,
      applyBefore: clock.applyBefore,
    };
  }
}
