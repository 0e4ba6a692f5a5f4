/**
 * Where the provider's names follow no rule: what an argument or a block, by its type and dotted path, is called in the API. A dot:
 * its arguments lie in the object around it.
 */
export const SPECIAL_NAMES: Readonly<Record<string, string>> = {
  "kubernetes_daemon_set_v1.spec.strategy": "updateStrategy",
  "kubernetes_endpoint_slice_v1.endpoint.condition": "conditions",
  "kubernetes_persistent_volume_v1.spec.persistent_volume_source": ".",
  "kubernetes_secret_v1.binary_data": "data",
  "kubernetes_secret_v1.data": "stringData",
  "kubernetes_storage_class_v1.storage_provisioner": "provisioner",
};

/** Arguments of the provider that are no part of the object, by their types and paths. */
const OWN = /\.(id|wait_\w+|timeouts|target_state|auto_approve|\w+_wo(_revision)?)$/;

/** Whether an argument is the provider's own. @param path With the type: `kubernetes_job_v1.wait_for_completion`. */
export function isOwn(path: string): boolean {
  return /^\w+\.\w+$/.test(path) && OWN.test(path);
}
