import type { Environment } from "../config";
import { isMadeByManifests, type Referred } from "../config/made-by-manifests";
import { placesOf } from "../config/places";
import { isText } from "../config/text";
import type { NewObject } from "./clouds/kubernetes/api-object";
import type { Cluster } from "./clouds/kubernetes/cluster";
import { KINDS } from "./clouds/kubernetes/kinds";
import type { WorldCluster } from "./world-cluster";

/**
 * Makes what workloads refer to in namespaces that are somebody else's: secrets and config maps of their variables, and their service
 * accounts. In a namespace that is made here, nobody can have made any before.
 */
export function addObjectsOfOthers(environment: Environment, clusters: readonly WorldCluster[]): void {
  const places = placesOf(environment);
  for (const { key, cluster } of clusters) {
    for (const workload of Object.values(environment.workloads)) {
      const { namespace, serviceAccount, env } = workload;
      const place = places.get(key)?.get(namespace);
      if (!workload.clusters.includes(key) || !place?.existing) continue;
      const isOurs = (kind: Referred["kind"], name: string) =>
        isMadeByManifests(environment.manifests, { kind, namespace, name }, key);
      for (const value of Object.values(env)) {
        if (isText(value) || isOurs(value.kind === "secret" ? "Secret" : "ConfigMap", value.name)) continue;
        addValue(cluster, namespace, value);
      }
      if (serviceAccount === undefined || place.serviceAccounts.includes(serviceAccount)) continue;
      if (isOurs("ServiceAccount", serviceAccount)) continue;
      const accounts = cluster.api.of<NewObject>(KINDS.serviceAccount);
      if (!accounts.get(namespace, serviceAccount)) accounts.create({ metadata: { namespace, name: serviceAccount } });
    }
  }
}

interface DataObject extends NewObject {
  readonly data?: Readonly<Record<string, string>> | undefined;
}

/** @param kind `secret` or `configMap`, as in {@link KINDS}. */
function addValue(
  cluster: Cluster,
  namespace: string,
  { kind, name, key }: { kind: "secret" | "configMap"; name: string; key: string },
): void {
  const objects = cluster.api.of<DataObject>(KINDS[kind]);
  const before = objects.get(namespace, name);
  const data = { ...before?.data, [key]: "of somebody else" };
  if (before) objects.replace({ ...before, data });
  else objects.create({ metadata: { namespace, name }, data });
}
