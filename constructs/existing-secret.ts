import type { PullCredential } from "./pull-credential";

/** A pull secret that somebody else keeps in every namespace, an external secrets operator for one. */
export class ExistingSecret implements PullCredential {
  constructor(private readonly name: string) {}

  grant(): string {
    return this.name;
  }
}
