import type { Environment } from "../config";
import { pullSecretName } from "../config/names";
import type { Clouds } from "./clouds";
import type { Cluster } from "./clouds/cluster";

/** What a deployment achieved, as seen from the clouds and not from Terraform. */
export interface Story {
  readonly images: readonly { readonly image: string; readonly digest: string }[];
  readonly pulls: readonly {
    readonly cluster: string;
    readonly username: string;
    readonly role: string;
    readonly expires: string;
    readonly applyBefore: string;
  }[];
  readonly workloads: readonly {
    readonly cluster: string;
    readonly workload: string;
    readonly running: number;
    readonly replicas: number;
    readonly address: string;
  }[];
}

export function tellStory(environment: Environment, clouds: Clouds): Story {
  const entries = Object.entries(environment.clusters).flatMap(([key, config], index) => {
    const cluster = clouds.clusters[index];
    return cluster ? [{ key, config, cluster }] : [];
  });
  const secretName = (config: (typeof entries)[number]["config"]) => pullSecretName(environment.registry, config);
  return {
    images: clouds.arm.registries
      .values()
      .flatMap(({ loginServer, repositories }) =>
        [...repositories].flatMap(([repository, { tags }]) =>
          [...tags].map(([tag, digest]) => ({ image: `${loginServer}/${repository}:${tag}`, digest })),
        ),
      ),
    pulls: entries.map(({ key, config, cluster }) => {
      const secret = cluster.secrets.values().find(({ name }) => name === secretName(config));
      const username = cluster.pulls.at(-1)?.username ?? "";
      const principal = [...clouds.entra.principals.values()].find(({ clientId }) => clientId === username);
      const role = clouds.arm.roles.all().find(({ principalId }) => principalId === principal?.objectId);
      return {
        cluster: key,
        username,
        role: role ? `${role.roleName} on ${role.scope.split("/").at(-1) ?? ""}` : "",
        expires: secret?.annotations["acr-pull/expires"] ?? "",
        applyBefore: secret?.annotations["acr-pull/apply-before"] ?? "",
      };
    }),
    workloads: entries.flatMap(({ key, cluster }) =>
      cluster.deployments.values().map(({ namespace, name, replicas }) => ({
        cluster: key,
        workload: `${namespace}/${name}`,
        running: cluster.pods.filter((pod) => pod.namespace === namespace && pod.deployment === name && !pod.reason)
          .length,
        replicas,
        address: addressOf(cluster, namespace, name),
      })),
    ),
  };
}

function addressOf(cluster: Cluster, namespace: string, name: string): string {
  const service = cluster.services.get(namespace, name);
  return service?.ingressIp ?? service?.clusterIp ?? "";
}
