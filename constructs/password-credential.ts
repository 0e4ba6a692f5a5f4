import type { Construct } from "constructs";
import { ImagePullSecret } from "./image-pull-secret";
import type { Deadline, PullCredential, PullTarget } from "./pull-credential";
import type { RotatingSecret } from "./rotating-secret";

/** User name and password by cross-stack reference: the password is in the state of the stack that grants. */
export class PasswordCredential implements PullCredential {
  readonly deadline: Deadline;

  constructor(private readonly secret: RotatingSecret) {
    this.deadline = secret;
  }

  grant(scope: Construct, target: PullTarget): string {
    const { username, password } = this.secret;
    return new ImagePullSecret(scope, "pull-secret", {
      ...{ ...target, username, password },
      deadline: this.deadline,
    }).secretName;
  }
}
