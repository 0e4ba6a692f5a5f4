import { suggestion, type Path, type Problem } from "./problem";
import type { AzureConfig, ClusterConfig, Environment } from "./schema/environment";

/** What can be used of an environment while other parts of its file have problems. */
export type SoundEnvironment = Omit<Environment, "registry"> & Partial<Pick<Environment, "registry">>;

/** Namespaces that are in every cluster: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
export function isBuiltInNamespace(name: string): boolean {
  return name === "default" || name.startsWith("kube-");
}

/** Rules between the maps of one environment. `declared` are the keys of the file, also of entries with errors of their own. */
export function referenceProblems(
  environment: SoundEnvironment,
  declared: Record<"images" | "clusters" | "usedNamespaces", string[]>,
): Problem[] {
  const problems: Problem[] = [];
  const known = { images: new Set(declared.images), clusters: new Set(declared.clusters) };
  const reference = (path: Path, kind: "images" | "clusters", key: string) => {
    if (known[kind].has(key)) return;
    problems.push({ path, rule: `must be a key of ${kind}${suggestion(key, declared[kind])}` });
  };
  const used = new Set(declared.usedNamespaces);
  for (const [key, workload] of Object.entries(environment.workloads)) {
    reference(["workloads", key, "image"], "images", workload.image);
    workload.clusters.forEach((cluster, index) => {
      reference(["workloads", key, "clusters", index], "clusters", cluster);
    });
    used.add(workload.namespace);
  }
  for (const [name, { existing }] of Object.entries(environment.namespaces)) {
    const path = ["namespaces", name];
    if (!used.has(name)) problems.push({ path, rule: "is the namespace of no workload", atKey: true });
    if (isBuiltInNamespace(name) && !existing)
      problems.push({ path, rule: "exists in every cluster: set existing: true", atKey: true });
  }
  return problems;
}

/** Whether the cluster lies in another tenant than the registry, where its key vault is too. */
export function isInOtherTenant({ aks }: ClusterConfig, { tenantId }: AzureConfig): boolean {
  return aks?.tenantId !== undefined && aks.tenantId !== tenantId;
}

/** AKS clusters of another tenant: that Azure grants roles only within one, and that a subscription belongs to one. */
export function tenantProblems({ azure, clusters }: SoundEnvironment): Problem[] {
  return Object.entries(clusters).flatMap(([key, cluster]): Problem[] => {
    if (!isInOtherTenant(cluster, azure)) return [];
    const { aks, pull } = cluster;
    const at = ["clusters", key, "aks"];
    return [
      ...(pull.managedIdentity
        ? [
            {
              path: [...at, "tenantId"],
              rule: "must be azure.tenantId with pull.managedIdentity: an identity of another tenant can hold no role on the registry",
            },
          ]
        : []),
      ...(aks?.subscriptionId === undefined
        ? [
            {
              path: [...at, "subscriptionId"],
              rule: "is required in another tenant than azure.tenantId: a subscription belongs to one tenant",
            },
          ]
        : []),
    ];
  });
}
