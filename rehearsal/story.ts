import type { Environment } from "../config";
import { placesOf } from "../config/places";
import { secretNameIn } from "../config/pull-secret";
import { APPLY_BEFORE, EXPIRES } from "../config/secret-annotations";
import type { Clouds } from "./clouds";
import type { Cluster } from "./clouds/kubernetes/cluster";
import type { Probe } from "./probes";
import type { World } from "./world";

/** What a deployment achieved, as seen from the clouds and not from Terraform. */
export interface Story {
  readonly images: readonly {
    readonly image: string;
    readonly digest: string;
    /** Nobody here has built it: what user it runs as and for which platform it is has been taken for right. @default - it is known */
    readonly isUnknown?: true;
  }[];
  readonly pulls: readonly {
    readonly cluster: string;
    readonly username: string;
    readonly role: string;
    readonly expires: string;
    readonly applyBefore: string;
  }[];
  /** Pods of others that could pull. @default - none was tried */
  readonly probes?: readonly Probe[];
  readonly workloads: readonly {
    readonly cluster: string;
    readonly workload: string;
    readonly running: number;
    readonly replicas: number;
    readonly address: string;
  }[];
}

/** Who still starts while the registry is away. */
export interface Outage {
  readonly cluster: string;
  readonly workload: string;
  readonly starts: number;
  readonly replicas: number;
  /** @default - all start */
  readonly reason?: string;
}

/** Stops the registry, ends every container once, and has the registry back afterwards. */
export function rehearseOutage({ clouds, clusters }: World): Outage[] {
  clouds.registries.areAway = true;
  const outages = clusters.flatMap(({ key, cluster }) => {
    cluster.restartContainers();
    return cluster.deployments
      .values()
      .map(({ metadata: { namespace = "", name }, spec: { replicas = 1 } }): Outage => {
        const starts = cluster.deployment(namespace, name)?.status?.readyReplicas ?? 0;
        const [reason] = cluster.causes(namespace, name);
        return {
          cluster: key,
          workload: `${namespace}/${name}`,
          starts,
          replicas,
          ...(reason !== undefined && { reason }),
        };
      });
  });
  clouds.registries.areAway = false;
  for (const { cluster } of clusters) cluster.reconcile();
  return outages;
}

/** Of what the environment has to do with: others may have more in the same clouds. */
export function tellStory(environment: Environment, { clouds, clusters }: World): Story {
  const { registry, workloads } = environment;
  const places = placesOf(environment);
  const hosts = registryHosts(environment, clouds);
  const isOwn = (namespace: string, name: string, cluster: string) =>
    Object.entries(workloads).some(
      ([key, { handMade, ...workload }]) =>
        (handMade?.deployment ?? key) === name &&
        workload.namespace === namespace &&
        workload.clusters.includes(cluster),
    );
  const serviceOf = (namespace: string, deployment: string) =>
    Object.values(workloads).find(
      ({ handMade, ...workload }) => handMade?.deployment === deployment && workload.namespace === namespace,
    )?.handMade?.service ?? deployment;
  return {
    images: clouds.arm.registries
      .values()
      .filter(({ name }) => name === registry.name)
      .flatMap(({ loginServer, repositories }) =>
        [...repositories].flatMap(([repository, { tags, manifests }]) =>
          [...tags].map(([tag, digest]) => ({
            image: `${loginServer}/${repository}:${tag}`,
            digest,
            ...(manifests.get(digest)?.platforms === undefined && { isUnknown: true as const }),
          })),
        ),
      ),
    pulls: clusters.map(({ key, config, cluster }) => {
      const [secret] = [...(places.get(key) ?? [])].flatMap(([namespace, settings]) => {
        const name = secretNameIn(registry, config, settings);
        return name === undefined ? [] : (cluster.secrets.get(namespace, name) ?? []);
      });
      const { annotations = {} } = secret?.metadata ?? {};
      // Of others' registries nobody else's credentials are told.
      const own = cluster.pulls.filter(({ image }) => hosts.some((host) => image.startsWith(`${host}/`)));
      const username = own.at(-1)?.username ?? "";
      const principal = [...clouds.entra.principals.values()].find(
        ({ clientId, displayName }) =>
          clientId === username || (username === "kubelet" && displayName.startsWith(cluster.context)),
      );
      const role = clouds.arm.roles.all().find(({ principalId }) => principalId === principal?.objectId);
      return {
        cluster: key,
        username,
        role: role ? `${role.roleName} on ${role.scope.split("/").at(-1) ?? ""}` : "",
        expires: annotations[EXPIRES] ?? "",
        applyBefore: annotations[APPLY_BEFORE] ?? "",
      };
    }),
    workloads: clusters.flatMap(({ key, cluster }) =>
      cluster.deployments
        .values()
        .filter(({ metadata: { namespace = "", name } }) => isOwn(namespace, name, key))
        .map(({ metadata: { namespace = "", name }, spec: { replicas = 1 } }) => ({
          cluster: key,
          workload: `${namespace}/${name}`,
          running: cluster.deployment(namespace, name)?.status?.readyReplicas ?? 0,
          replicas,
          address: addressOf(cluster, namespace, serviceOf(namespace, name)),
        })),
    ),
  };
}

/** @returns Hosts of the environment's registry: one, or none before it is made. */
export function registryHosts({ registry }: Environment, { arm }: Clouds): string[] {
  return arm.registries.values().flatMap(({ name, loginServer }) => (name === registry.name ? [loginServer] : []));
}

function addressOf(cluster: Cluster, namespace: string, name: string): string {
  const service = cluster.services.get(namespace, name);
  return service?.status?.loadBalancer.ingress?.[0]?.ip ?? service?.spec.clusterIP ?? "";
}
