import type { Environment } from "../config";
import { isMadeByManifests, type Referred } from "../config/made-by-manifests";
import { placesOf } from "../config/places";
import { isText } from "../config/text";
import type { NewObject } from "./clouds/kubernetes/api-object";
import type { Arguments } from "../manifests/arguments";
import type { ManifestSet } from "../manifests/manifest-set";
import type { Cluster } from "./clouds/kubernetes/cluster";
import { definitionOf, type CustomResourceDefinition } from "./clouds/kubernetes/custom-kinds";
import { KINDS } from "./clouds/kubernetes/kinds";
import type { WorldCluster } from "./world-cluster";

/**
 * Makes what workloads refer to in namespaces that are somebody else's: secrets and config maps of their variables, and their service
 * accounts. In a namespace that is made here, nobody can have made any before. And the kinds of custom resources in manifests, unless
 * the manifests define them.
 */
export function addObjectsOfOthers(environment: Environment, clusters: readonly WorldCluster[]): void {
  const places = placesOf(environment);
  for (const { key, cluster } of clusters) {
    for (const { clusters: keys, set } of Object.values(environment.manifests)) {
      if (keys.includes(key)) addKinds(cluster, set);
    }
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

/** A kind that the manifests define is not there before they are applied. */
function addKinds({ api }: Cluster, { objects }: ManifestSet): void {
  const definitions = api.of<CustomResourceDefinition>(KINDS.customResourceDefinition);
  const made = new Set(objects.flatMap(({ kind, name }) => (kind === "CustomResourceDefinition" ? [name] : [])));
  for (const { type, kind, namespace, arguments: given } of objects) {
    const apiVersion = type === "kubernetes_manifest" ? apiVersionOf(given) : undefined;
    if (apiVersion === undefined || api.kindOf(apiVersion, kind)) continue;
    const definition = definitionOf(apiVersion, kind, namespace !== undefined);
    if (![...made].some((name) => isDefinitionOf(name, definition))) definitions.create(definition);
  }
}

/** Whether a definition of this name may define the kind: nobody knows the plural of a kind for sure. */
function isDefinitionOf(name: string, { spec: { group, names } }: CustomResourceDefinition): boolean {
  return name.endsWith(`.${group}`) && name.startsWith(names.kind.toLowerCase().slice(0, -1));
}

function apiVersionOf({ manifest }: Arguments): string | undefined {
  const fields = typeof manifest === "object" && manifest !== null && "any" in manifest ? manifest.any : [];
  const value = fields.find(([{ text }]) => text === "apiVersion")?.[1];
  return isText(value) ? value.text : undefined;
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
