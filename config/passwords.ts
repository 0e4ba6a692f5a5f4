import type { Federated, Pull, RegistryToken, ServicePrincipal } from "./environment";
import { assertNever } from "./never";

/** Whether the pull secret of a cluster is made for this file, by Terraform or by a controller that it is told to. */
export function makesSecret(pull: Pull): pull is ServicePrincipal | RegistryToken | Federated {
  return pull.kind === "federated" || hasPassword(pull);
}

/** Whether a cluster pulls with a password that rotates, and that a pull secret holds. */
export function hasPassword(pull: Pull): pull is ServicePrincipal | RegistryToken {
  switch (pull.kind) {
    case "servicePrincipal":
    case "registryToken":
      return true;
    case "federated":
    case "managedIdentity":
    case "existingSecret":
      return false;
    default:
      return assertNever(pull);
  }
}
