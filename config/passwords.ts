import type { Federated, Pull, RegistryToken, Rotation, ServicePrincipal } from "./environment";
import { assertNever } from "./never";

/** How the passwords take turns that are made for a cluster: its own, or those that it keeps of a former way to pull. @default - none are made */
export function rotationOf(pull: Pull): Rotation | undefined {
  if (hasPassword(pull)) return pull.rotation;
  return "formerly" in pull ? pull.formerly?.rotation : undefined;
}

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
