import { placesOf, type Places } from "../places";
import type { Cluster, Federated } from "../environment";
import { controllersSecretName } from "../pull-secret";
import { entriesOf, type Finding, type Rule, type RuleContext } from "./rule";

/** Of one application: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations */
const MOST_CREDENTIALS = 20;

/** The account that is in every namespace: with the annotations of an identity, all pods would have it. */
const DEFAULT_ACCOUNT = "default";

const issuer: Rule = {
  id: "issuer-of-cluster",
  about: "clusters.<key>.pull.federated.issuer",
  message:
    "is required where the cluster is not reached by aks: kubectl get --raw /.well-known/openid-configuration says it",
  check: ({ draft }) =>
    entriesOf(draft.clusters).flatMap(([key, cluster]): Finding[] => {
      const federated = cluster.pull?.federated;
      return federated && !("issuer" in federated) && !("aks" in cluster)
        ? [{ path: ["clusters", key, "pull", "federated", "issuer"] }]
        : [];
    }),
};

const account: Rule = {
  id: "trusted-account",
  about: "clusters.<key>.pull.federated.serviceAccount",
  message: "must not be default, which pods have that name none: they could pull whatever the application may",
  check: ({ draft }) =>
    entriesOf(draft.clusters)
      .filter(([, { pull }]) => pull?.federated?.serviceAccount === DEFAULT_ACCOUNT)
      .map(([key]) => ({ path: ["clusters", key, "pull", "federated", "serviceAccount"] })),
};

const credentials: Rule = {
  id: "federated-credentials",
  about: "clusters.<key>.pull.federated",
  message:
    `needs a federated credential for each of {count} namespaces, and an application has at most ${MOST_CREDENTIALS}: ` +
    "pull with servicePrincipal or registryToken there, or in fewer namespaces",
  source: "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations",
  check: (context) =>
    federatedClusters(context)
      .filter(({ places }) => places.size > MOST_CREDENTIALS)
      .map(({ key, places }) => ({
        path: ["clusters", key, "pull", "federated"],
        values: { count: places.size },
        showValue: false,
      })),
};

const nameOfSecret: Rule = {
  id: "name-by-controller",
  about: "namespaces.<key>.pullSecret",
  message: "is called {secret} on {cluster}, where the controller writes it",
  warns: true,
  check: (context) => {
    const clusters = federatedClusters(context);
    return Object.entries(context.environment.namespaces).flatMap(([name, { pullSecret }]): Finding[] => {
      const first = clusters.find(({ places }) => places.has(name));
      if (pullSecret.name === undefined || !first) return [];
      const values = { secret: controllersSecretName(first.pull, pullSecret.name), cluster: first.key };
      return [{ path: ["namespaces", name, "pullSecret"], values, showValue: false }];
    });
  },
};

const metadataOfSecret: Rule = {
  id: "metadata-by-controller",
  about: "namespaces.<key>.pullSecret.labels, namespaces.<key>.pullSecret.annotations",
  message: "must be left out: on {cluster} acrPull writes the secret, and takes none; externalSecrets does",
  check: (context) => {
    const clusters = federatedClusters(context).filter(({ pull }) => pull.controller === "acrPull");
    return Object.entries(context.environment.namespaces).flatMap(([name, { pullSecret }]) => {
      const first = clusters.find(({ places }) => places.has(name));
      if (!first) return [];
      return (["labels", "annotations"] as const)
        .filter((part) => Object.keys(pullSecret[part]).length > 0)
        .map((part) => ({
          path: ["namespaces", name, "pullSecret", part],
          values: { cluster: first.key },
          showValue: false,
        }));
    });
  },
};

const adoptedSecret: Rule = {
  id: "adopted-secret-by-controller",
  about: "namespaces.<key>.pullSecret.adopt",
  message: "must be left out: on {cluster} the controller writes a new secret beside the one that was made by hand",
  check: (context) => {
    const clusters = federatedClusters(context);
    return Object.entries(context.environment.namespaces).flatMap(([name, { pullSecret }]): Finding[] => {
      const first = clusters.find(({ places }) => places.has(name));
      if (!pullSecret.adopt || !first) return [];
      return [{ path: ["namespaces", name, "pullSecret", "adopt"], values: { cluster: first.key }, showValue: false }];
    });
  },
};

export const federationRules = [issuer, account, credentials, nameOfSecret, metadataOfSecret, adoptedSecret];

interface FederatedCluster {
  readonly key: string;
  readonly pull: Federated;
  readonly cluster: Cluster;
  readonly places: Places;
}

function federatedClusters({ environment }: RuleContext): FederatedCluster[] {
  const { clusters } = environment;
  return [...placesOf(environment)].flatMap(([key, places]): FederatedCluster[] => {
    const cluster = clusters[key];
    return cluster?.pull.kind === "federated" ? [{ key, cluster, pull: cluster.pull, places }] : [];
  });
}
