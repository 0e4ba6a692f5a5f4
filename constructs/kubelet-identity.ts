import type { PullCredential } from "./pull-credential";

/** The nodes pull with an identity of their own: no secret anywhere. */
export class KubeletIdentity implements PullCredential {
  grant(): undefined {
    return undefined;
  }
}
