import { isMapping, valueOf } from "../mapping";
import { isBuiltInNamespace } from "../namespaces";
import type { Rule } from "./rule";

const unused: Rule = {
  id: "unused-namespace",
  about: "namespaces.<key>",
  message: "is the namespace of no workload",
  check: ({ environment, data }) => {
    const used = new Set([
      ...Object.values(environment.workloads).map(({ namespace }) => namespace),
      ...writtenNamespaces(data),
    ]);
    return Object.keys(environment.namespaces)
      .filter((name) => !used.has(name))
      .map((name) => ({ path: ["namespaces", name], atKey: true }));
  },
};

const builtIn: Rule = {
  id: "built-in-namespace",
  about: "namespaces.<key>",
  message: "exists in every cluster: set existing: true",
  source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces",
  check: ({ environment }) =>
    Object.entries(environment.namespaces)
      .filter(([name, { existing }]) => isBuiltInNamespace(name) && !existing)
      .map(([name]) => ({ path: ["namespaces", name], atKey: true })),
};

export const namespaceRules = [unused, builtIn];

/** Of all workloads, also of those with errors of their own. */
function writtenNamespaces(data: unknown): unknown[] {
  const workloads = valueOf(data, "workloads");
  return Object.values(isMapping(workloads) ? workloads : {}).map((workload) => valueOf(workload, "namespace"));
}
