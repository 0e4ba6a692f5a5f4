import type { Environment } from "../config";
import { pullSecretName } from "../config/names";
import type { Cluster } from "./clouds/cluster";
import type { World } from "./world";

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

export function tellStory({ registry }: Environment, { clouds, clusters }: World): Story {
  return {
    images: clouds.arm.registries
      .values()
      .flatMap(({ loginServer, repositories }) =>
        [...repositories].flatMap(([repository, { tags }]) =>
          [...tags].map(([tag, digest]) => ({ image: `${loginServer}/${repository}:${tag}`, digest })),
        ),
      ),
    pulls: clusters.map(({ key, config, cluster }) => {
      const secret = cluster.secrets.values().find(({ name }) => name.startsWith(pullSecretName(registry, config)));
      const username = cluster.pulls.at(-1)?.username ?? "";
      const principal = [...clouds.entra.principals.values()].find(
        ({ clientId, displayName }) =>
          clientId === username || (username === "kubelet" && displayName.startsWith(cluster.context)),
      );
      const role = clouds.arm.roles.all().find(({ principalId }) => principalId === principal?.objectId);
      return {
        cluster: key,
        username,
        role: role ? `${role.roleName} on ${role.scope.split("/").at(-1) ?? ""}` : "",
        expires: secret?.annotations["acr-pull/expires"] ?? "",
        applyBefore: secret?.annotations["acr-pull/apply-before"] ?? "",
      };
    }),
    workloads: clusters.flatMap(({ key, cluster }) =>
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
