import { isBuilt } from "../built";
import type { Cluster, Workload } from "../environment";
import { placesOf } from "../places";
import type { Finding, Rule, RuleContext } from "./rule";

/** https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch */
const ARCHITECTURE_LABEL = "kubernetes.io/arch";

const platform: Rule = {
  id: "platform-of-image",
  about: "images.<key>.build.<builder>.platform",
  message:
    "must be linux/{architecture}, for the nodes of {cluster} that run {workload}: see the cluster's architecture, and nodeSelector kubernetes.io/arch",
  source: "https://docs.docker.com/build/building/multi-platform/",
  check: (context) => {
    const { images } = context.environment;
    const wrong = new Map<string, Finding>();
    for (const { key, workload, clusterKey, cluster } of placements(context)) {
      const origin = images[workload.image]?.origin;
      if (!origin || !isBuilt(origin) || wrong.has(workload.image)) continue;
      const architecture = architectureOf(workload, cluster);
      const [os, own] = origin.platform.split("/");
      if (os === "linux" && own === architecture) continue;
      wrong.set(workload.image, {
        path: ["images", workload.image, "build", origin.kind, "platform"],
        values: { architecture, cluster: clusterKey, workload: key },
      });
    }
    return [...wrong.values()];
  },
};

const virtualNodes: Rule = {
  id: "virtual-nodes",
  about: "workloads.<key>.virtualNodes",
  message: "needs an AKS cluster that pulls with a password, and {cluster} {why}",
  source: "https://learn.microsoft.com/azure/aks/virtual-nodes#limitations",
  check: (context) =>
    placements(context).flatMap(({ key, workload, clusterKey, cluster }): Finding[] => {
      if (!workload.virtualNodes) return [];
      const why =
        cluster.connection.kind === "kubeconfig"
          ? "is reached by kubeconfig"
          : cluster.pull.kind === "managedIdentity"
            ? "pulls with managedIdentity"
            : undefined;
      return why === undefined
        ? []
        : [{ path: ["workloads", key, "virtualNodes"], values: { cluster: clusterKey, why }, showValue: false }];
    }),
};

const loadBalancer: Rule = {
  id: "load-balancer",
  about: "workloads.<key>.expose",
  // Without waiting, the address may come later.
  message: "needs a cluster with load balancers, and {cluster} has none (loadBalancers: false)",
  check: (context) =>
    placements(context)
      .filter(({ workload, cluster }) => workload.expose === "LoadBalancer" && !cluster.loadBalancers)
      .filter(({ workload }) => workload.waitForLoadBalancer !== false)
      .map(({ key, clusterKey }) => ({ path: ["workloads", key, "expose"], values: { cluster: clusterKey } })),
};

const privateRegistry: Rule = {
  id: "private-registry",
  about: "registry.publicAccess",
  message:
    "leaves private endpoints as the only way in, and {clusters} has none: privateEndpoint: true says that somebody keeps one",
  source: "https://learn.microsoft.com/azure/container-registry/container-registry-private-link",
  warns: true,
  check: ({ environment: { registry, clusters } }) => {
    if (registry?.kind !== "created" || registry.publicAccess !== false) return [];
    const [first, ...others] = Object.keys(clusters).filter((key) => !clusters[key]?.privateEndpoint);
    if (first === undefined) return [];
    const named = `clusters.${first}${others.length > 0 ? ` and ${others.length} more` : ""}`;
    return [{ path: ["registry", "publicAccess"], values: { clusters: named }, showValue: false }];
  },
};

const secretOfOthers: Rule = {
  id: "secret-in-new-namespace",
  about: "clusters.<key>.pull.existingSecret.name",
  message:
    "cannot be in the namespace {namespace} before {maker} makes it: something in the cluster must put it there, or the namespace is somebody else's as well (namespaces: { {namespace}: { existing: true } })",
  warns: true,
  check: ({ environment }) => {
    const { clusters, workloads } = environment;
    return [...placesOf(environment)].flatMap(([cluster, places]) =>
      [...places].flatMap(([namespace, { existing, madeBy }]): Finding[] => {
        if (clusters[cluster]?.pull.kind !== "existingSecret" || existing) return [];
        const runs = Object.keys(workloads).find(
          (key) => workloads[key]?.namespace === namespace && workloads[key].clusters.includes(cluster),
        );
        const maker = madeBy
          ? `manifests.${madeBy.key}`
          : runs === undefined
            ? `namespaces.${namespace}`
            : `workloads.${runs}`;
        const path = ["clusters", cluster, "pull", "existingSecret", "name"];
        return [{ path, values: { namespace, maker }, showValue: false }];
      }),
    );
  },
};

export const clusterRules = [platform, virtualNodes, loadBalancer, privateRegistry, secretOfOthers];

interface Placement {
  readonly key: string;
  readonly workload: Workload;
  readonly clusterKey: string;
  readonly cluster: Cluster;
}

/** Each workload on each of its clusters. */
function placements({ environment: { workloads, clusters } }: RuleContext): Placement[] {
  return Object.entries(workloads).flatMap(([key, workload]) =>
    workload.clusters.flatMap((clusterKey) => {
      const cluster = clusters[clusterKey];
      return cluster ? [{ key, workload, clusterKey, cluster }] : [];
    }),
  );
}

/** Of the nodes that run a workload. Virtual ones are all alike. */
function architectureOf({ virtualNodes: isVirtual, nodeSelector }: Workload, { architecture }: Cluster): string {
  return isVirtual ? "amd64" : (nodeSelector[ARCHITECTURE_LABEL] ?? architecture);
}
