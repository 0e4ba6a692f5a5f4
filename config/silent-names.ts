import type { Problem } from "./problem";
import { LONGEST_NAME } from "./schema/pull";
import type { ClusterConfig, WrittenCluster } from "./schema/environment";

type WrittenClusters = Readonly<Record<string, WrittenCluster>>;

const IDENTITIES = ["servicePrincipal", "registryToken"] as const;

/** Clusters with the names that their file leaves out: of the context the cluster's key, of identities one of their own. */
export function withSilentNames(clusters: WrittenClusters, environment: string): Record<string, ClusterConfig> {
  return Object.fromEntries(
    Object.entries(clusters).map(([key, { kubeconfig, pull, ...cluster }]) => {
      const { servicePrincipal, registryToken, ...others } = pull;
      const name = identityName(environment, key);
      const named: ClusterConfig = {
        ...cluster,
        ...(kubeconfig && { kubeconfig: { context: key, ...kubeconfig } }),
        pull: {
          ...others,
          ...(servicePrincipal && { servicePrincipal: { name, ...servicePrincipal } }),
          ...(registryToken && { registryToken: { name, ...registryToken } }),
        },
      };
      return [key, named];
    }),
  );
}

/** Names that must be given, since the one that they would get is too long. */
export function silentNameProblems(clusters: WrittenClusters, environment: string): Problem[] {
  return Object.entries(clusters).flatMap(([key, { pull }]) =>
    IDENTITIES.filter((kind) => {
      const identity = pull[kind];
      return identity && identity.name === undefined && identityName(environment, key).length > LONGEST_NAME[kind];
    }).map((kind) => ({
      path: ["clusters", key, "pull", kind, "name"],
      rule: `is required: the default ${identityName(environment, key)} is longer than ${LONGEST_NAME[kind]} characters`,
    })),
  );
}

function identityName(environment: string, cluster: string): string {
  return `acr-pull-${environment}-${cluster}`;
}
