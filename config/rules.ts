import { suggestion, type Path, type Problem } from "./problem";
import type { Environment } from "./schema/environment";

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
  const reference = (path: Path, kind: "images" | "clusters", key: string) => {
    if (declared[kind].includes(key)) return;
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
