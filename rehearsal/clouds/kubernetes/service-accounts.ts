import type { NewObject, PodSpec } from "./api-object";
import type { ApiServer } from "./api-server";
import { KINDS } from "./kinds";

/** The account that is in every namespace, and that pods have which name none. */
export const DEFAULT_ACCOUNT = "default";

export interface ServiceAccount extends NewObject {
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

/**
 * What the API server makes of a pod that names no pull secrets: it gets those of its account.
 * https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#serviceaccount-admission-controller
 *
 * @returns The pod, or why it is not let in.
 */
export function withAccount(spec: PodSpec, namespace: string, api: ApiServer): PodSpec | string {
  const { serviceAccountName: name = DEFAULT_ACCOUNT, imagePullSecrets: own = [] } = spec;
  const account = api.of<ServiceAccount>(KINDS.serviceAccount).get(namespace, name);
  if (!account) return `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`;
  return own.length === 0 && account.imagePullSecrets ? { ...spec, imagePullSecrets: account.imagePullSecrets } : spec;
}
