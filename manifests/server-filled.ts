import type { Path } from "../config/problem";

/** What the API server writes into `metadata`, whatever a client says; and `generateName`, which counts only without a name. */
const METADATA: ReadonlySet<string> = new Set([
  ...["creationTimestamp", "deletionTimestamp", "generateName", "generation", "managedFields", "resourceVersion"],
  ...["selfLink", "uid"],
]);

/** The object as `kubectl apply` has sent it before: no part of it. */
export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * Whether a field is the API server's to fill: `kubectl get -o yaml` and `kubectl create --dry-run` write it, and `kubectl apply`
 * changes nothing by it. It is left out, as opposed to every other field without a place.
 *
 * @param path From the object on: `status`, `spec.template.metadata.creationTimestamp`.
 */
export function isServerFilled(path: Path): boolean {
  const [last, parent] = [path.at(-1), path.at(-2)];
  if (path.length === 1) return last === "status";
  // Claims of a StatefulSet are objects with a status too.
  if (last === "status" && typeof parent === "number" && path.at(-3) === "volumeClaimTemplates") return true;
  return parent === "metadata" && typeof last === "string" && METADATA.has(last);
}
