import type { ManifestSet } from "../manifests/manifest-set";
import type { Delivery, Pull, Registry, SoundEnvironment } from "./environment";
import { isBuilt } from "./built";
import { targetOf } from "./cluster-target";
import { stackName, stateKey, stateStore } from "./names";
import { isBuiltInNamespace } from "./namespaces";
import { assertNever } from "./never";
import { makesSecret } from "./passwords";
import { placesOf } from "./places";
import { secretNameIn } from "./pull-secret";
import type { Path } from "./problem";
import { attachmentClaims, roleClaim } from "./registry-claims";

/** Something that only one entry of all environments may have. */
export interface Claim {
  /** The environment's file, as it stands in messages. */
  readonly file: string;
  readonly path: Path;
  /** What is claimed, as a person would say it. */
  readonly what: string;
  /** Equal ones collide: `what`, without letter case where Azure does not tell it. */
  readonly id: string;
}

/** What an environment claims, in the order of its file. @param file As it stands in messages. */
export function claimsOf(file: string, environment: SoundEnvironment): Claim[] {
  const claims: Claim[] = [];
  const { name, registry, backend } = environment;
  if (!registry) return claims;
  const claim = (path: Path, what: string) => claims.push({ file, path, what, id: what });
  const claimInAzure = (path: Path, what: string) => claims.push({ file, path, what, id: what.toLowerCase() });
  const stack = (path: Path, name: string) => {
    claim(path, `stack ${name}`);
    if (backend) claim(path, `state ${stateStore(backend)} ${stateKey(backend, name)}`);
  };

  stack(["registry"], stackName(name, "registry"));
  if (registry.kind === "created") claim(["registry", "name"], `registry ${registry.name}`);
  for (const { path, what } of attachmentClaims(registry)) claimInAzure(path, what);
  for (const [key, { repository, origin }] of Object.entries(environment.images)) {
    if (isBuilt(origin)) {
      claim(["images", key, "tag"], `image ${registry.name}/${repository}:${origin.tag}`);
    }
  }
  stack(["images"], stackName(name, "images"));
  for (const key of Object.keys(registry.tokens ?? {}))
    stack(["registry", "tokens", key], stackName(name, "token", key));

  const targets = new Set<string>();
  const workloads = Object.entries(environment.workloads).map(([workloadKey, workload]) => ({
    workloadKey,
    workload,
    clusters: new Set(workload.clusters),
  }));
  const places = placesOf(environment);
  for (const [key, cluster] of Object.entries(environment.clusters)) {
    const path = ["clusters", key];
    stack(path, stackName(name, "identity", key));
    stack(path, stackName(name, "workload", key));
    for (const { at, what } of pullClaims(cluster.pull, registry)) claimInAzure([...path, "pull", ...at], what);
    const target = targetOf(cluster.connection, environment.azure);
    const claimThere = cluster.connection.kind === "aks" ? claimInAzure : claim;
    claimThere(path, `entry of ${name} for ${target}`);
    // What a second entry of one cluster claims there, the first has claimed.
    if (targets.has(target)) continue;
    targets.add(target);
    if (cluster.pull.kind === "managedIdentity" && cluster.pull.identity.kind === "lookedUp") {
      claimThere([...path, "pull", "managedIdentity"], roleClaim(registry, `the nodes of ${target}`));
    }

    for (const { workloadKey, workload, clusters } of workloads) {
      if (!clusters.has(key)) continue;
      const workloadPath = ["workloads", workloadKey];
      claimThere(workloadPath, `workload ${workloadKey} in namespace ${workload.namespace} on ${target}`);
      const { deployment = workloadKey, service = workloadKey } = workload.handMade ?? {};
      claimThere(workloadPath, `Deployment ${deployment} in namespace ${workload.namespace} on ${target}`);
      claimThere(workloadPath, `Service ${service} in namespace ${workload.namespace} on ${target}`);
      if (workload.handMade) {
        const labels = Object.entries(workload.handMade.selector).map(([label, value]) => `${label}=${value}`);
        const pods = `${labels.toSorted().join(",")} in namespace ${workload.namespace} on ${target}`;
        claimThere(workloadPath, `owner of the pods ${pods}`);
      }
      if (workload.nodePort !== undefined) {
        claimThere([...workloadPath, "nodePort"], `node port ${workload.nodePort} on ${target}`);
      }
    }
    for (const [entry, { clusters, set }] of Object.entries(environment.manifests)) {
      if (!clusters.includes(key)) continue;
      const entryPath = ["manifests", entry];
      for (const what of objectClaims(set)) claimThere(entryPath, `${what} on ${target}`);
    }
    for (const [namespace, settings] of places.get(key) ?? []) {
      const { pull } = cluster;
      if (makesSecret(pull)) {
        const secret = secretNameIn(registry, cluster, settings) ?? "";
        claimThere(path, `pull secret ${secret} in namespace ${namespace} on ${target}`);
      }
      if (!isBuiltInNamespace(namespace) && !settings.existing && !settings.madeBy) {
        claimThere(path, `creator of namespace ${namespace} on ${target}`);
      }
      const trusted = pull.kind === "federated" ? [pull.serviceAccount] : [];
      for (const account of [...trusted, ...new Set(settings.serviceAccounts)]) {
        claimThere(path, `service account ${account} in namespace ${namespace} on ${target}`);
      }
    }
  }
  return claims;
}

/** What the objects of manifests claim on a cluster. */
function objectClaims({ objects }: ManifestSet): string[] {
  return objects.map(({ id, kind, name, namespace }) => {
    if (kind === "Namespace") return `creator of namespace ${name}`;
    const place = namespace === undefined ? "" : ` in namespace ${namespace}`;
    // Of custom resources the group tells equal kinds apart.
    return `${id.slice(0, id.indexOf("_"))} ${name}${place}`;
  });
}

/** What a way to pull claims. @returns Places below the cluster's `pull`. */
function pullClaims(pull: Pull, registry: Registry): { at: string[]; what: string }[] {
  switch (pull.kind) {
    case "servicePrincipal":
      return [
        { at: ["servicePrincipal", "name"], what: `service principal ${pull.name.text}` },
        ...(pull.adopt
          ? [{ at: ["servicePrincipal", "adopt", "clientId"], what: `owner of application ${pull.adopt.clientId}` }]
          : []),
        ...vaultClaims(pull.delivery),
      ];
    case "federated":
      return [{ at: ["federated", "name"], what: `service principal ${pull.name.text}` }];
    case "registryToken":
      return [
        { at: ["registryToken", "name"], what: `token ${pull.name} of registry ${registry.name}` },
        ...vaultClaims(pull.delivery),
      ];
    case "managedIdentity":
      return pull.identity.kind === "known"
        ? [{ at: ["managedIdentity", "objectId"], what: roleClaim(registry, `principal ${pull.identity.objectId}`) }]
        : [];
    case "existingSecret":
      return [];
    default:
      return assertNever(pull);
  }
}

function vaultClaims(delivery: Delivery): { at: string[]; what: string }[] {
  return delivery.kind === "keyVault" && delivery.vault.kind === "created"
    ? [{ at: ["keyVault", "name"], what: `creator of key vault ${delivery.vault.name}` }]
    : [];
}
