import { failed, notChecked, type Outcome } from "../check";
import { jsonOf, type Answer } from "../http";

/** @returns Why an API server has not taken a pod, or undefined where it has. */
export function podRefusal({ status, body }: Pick<Answer, "status" | "body">): Outcome | undefined {
  if (status < 300) return undefined;
  const { message = "" } = (jsonOf(body) ?? {}) as { message?: string };
  // A right is missing, as opposed to what admission holds against the pod itself.
  if (message.includes("cannot create resource")) return notChecked("the right to create pods in it");
  return failed("admission-refuses", message || `status ${status}`);
}
