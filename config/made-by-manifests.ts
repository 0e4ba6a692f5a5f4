import type { Environment } from "./environment";

/** An object that a workload refers to. */
export interface Referred {
  readonly kind: "Secret" | "ConfigMap" | "ServiceAccount";
  readonly namespace: string;
  readonly name: string;
}

/** Whether manifests make an object on a cluster. @param cluster Its key. */
export function isMadeByManifests(
  manifests: Environment["manifests"],
  { kind, namespace, name }: Referred,
  cluster: string,
): boolean {
  return Object.values(manifests).some(
    ({ clusters, set }) =>
      clusters.includes(cluster) &&
      set.objects.some((one) => one.kind === kind && one.namespace === namespace && one.name === name),
  );
}
