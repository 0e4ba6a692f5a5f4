import { ApplicationPasswordA as ApplicationPassword } from "@cdktf/provider-azuread/lib/application-password";
import { Construct } from "constructs";
import { addPullApplication, type PullApplicationProps } from "./pull-application";
import { activeSecret, type RotatingSecret } from "./rotating-secret";
import { RotationClock, type Rotation } from "./rotation-clock";

export interface PullIdentityProps extends PullApplicationProps {
  readonly rotation: Rotation;
}

/** A service principal that may pull from one registry, with passwords that overlap. */
export class PullIdentity extends Construct {
  readonly secret: RotatingSecret;

  constructor(scope: Construct, id: string, props: PullIdentityProps) {
    super(scope, id);
    const application = addPullApplication(this, props);
    const { clientId } = application;

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
}
