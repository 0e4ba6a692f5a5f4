import { Construct } from "constructs";
import { addPasswordSlots } from "./password-slots";
import { addPullApplication, type PullApplicationProps } from "./pull-application";
import { activeSecret, type RotatingSecret } from "./rotating-secret";
import type { Rotation } from "./rotation-clock";

export interface PullIdentityProps extends PullApplicationProps {
  readonly rotation: Rotation;
}

/** A service principal that may pull from one registry, with passwords that overlap. */
export class PullIdentity extends Construct {
  readonly secret: RotatingSecret;

  constructor(scope: Construct, id: string, props: PullIdentityProps) {
    super(scope, id);
    const application = addPullApplication(this, props);
    const { clock, values } = addPasswordSlots(this, application, props.rotation);
    // Asked for once: each time it is another token.
    const { clientId: username } = application;
    const slots = values.map((password) => ({ username, password }));
    this.secret = activeSecret(this, clock, slots);
  }
}
