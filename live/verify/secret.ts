import type { Pull } from "../../config";
import { assertNever } from "../../config/never";
import { textOf } from "../../config/text";
import { TOKEN_USER } from "../registry/tokens";
import type { AzureApi } from "../azure/azure-api";
import { failed, ok, warned, type Outcome } from "../check";
import type { Secret } from "../cluster/objects";
import { deadlineOf, iso } from "../cluster/secret-deadline";
import { WARNING_DAYS } from "../../config/secret-annotations";

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param now The registry's clock counts; the one here is near enough, which doctor checks. */
export function deadlineOutcome(secret: Secret, now: Date): Outcome {
  const deadline = deadlineOf(secret);
  if (!deadline) return ok("none: the secret does not say when its password ends");
  const { expires, applyBefore } = deadline;
  const found = `password ends ${iso(expires)}, apply before ${iso(applyBefore)}`;
  if (now >= expires) return failed("password-ended", found);
  if (now >= applyBefore) return failed("deadline-missed", found);
  return applyBefore.getTime() - now.getTime() < WARNING_DAYS * DAY_MS ? warned("deadline-near", found) : ok(found);
}

/** Whether the secret's user name is that of the identity which the file means. */
export async function ownerOutcome(username: string, pull: Pull, azure: AzureApi): Promise<Outcome> {
  switch (pull.kind) {
    case "servicePrincipal": {
      const name = textOf(pull.name);
      const principals = await azure.servicePrincipalsNamed(name);
      if (principals.some(({ appId }) => appId === username)) return ok(`${username}, "${name}"`);
      const known = principals.map(({ appId }) => appId).join(", ") || "nobody";
      return failed("secret-of-another", `user name ${username}; "${name}" is ${known}`);
    }
    case "registryToken": {
      const slot = new RegExp(`^${pull.name}-\\d+$`);
      return slot.test(username)
        ? ok(username)
        : failed("secret-of-another", `user name ${username}; the file's tokens are ${pull.name}-0 and so on`);
    }
    case "federated":
      return username === TOKEN_USER
        ? ok(`${username}, as of every token`)
        : failed("secret-of-another", `user name ${username}; the controller writes ${TOKEN_USER}`);
    case "existingSecret":
    case "managedIdentity":
      return ok(`${username}, which the file leaves open`);
    default:
      return assertNever(pull);
  }
}
