import type { Application } from "@cdktf/provider-azuread/lib/application";
import { ApplicationPasswordA as ApplicationPassword } from "@cdktf/provider-azuread/lib/application-password";
import type { Construct } from "constructs";
import { RotationClock, type Rotation } from "./rotation-clock";

export interface PasswordSlots {
  readonly clock: RotationClock;
  /** In the order of the clock's slots. Secret. */
  readonly values: readonly string[];
}

/** Makes the passwords of an application, which take turns. */
export function addPasswordSlots(scope: Construct, application: Application, rotation: Rotation): PasswordSlots {
  const clock = new RotationClock(scope, "clock", rotation);
  const passwords = Array.from({ length: rotation.slots }, (_, slot) => {
    return new ApplicationPassword(scope, `slot-${slot}`, {
      applicationId: application.id,
      displayName: `slot-${slot}`,
      // end_date_relative would be ignored.
      endDate: clock.slotEnd(slot),
      lifecycle: { createBeforeDestroy: true },
    });
  });
  return { clock, values: passwords.map(({ value }) => value) };
}
