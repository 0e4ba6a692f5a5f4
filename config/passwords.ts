import type { Pull, RegistryToken, ServicePrincipal } from "./environment";
import { assertNever } from "./never";

/** Whether a cluster pulls with a password that rotates, and that a pull secret holds. */
export function hasPassword(pull: Pull): pull is ServicePrincipal | RegistryToken {
  switch (pull.kind) {
    case "servicePrincipal":
    case "registryToken":
      return true;
    case "managedIdentity":
    case "existingSecret":
      return false;
    default:
      return assertNever(pull);
  }
}
