import { isMapping, valueOf } from "../mapping";
import { isBuiltInNamespace } from "../namespaces";
import { entriesOf, type Rule } from "./rule";

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

/** Somebody else's may exist under it: then the file says so. */
const reserved: Rule = {
  id: "reserved-namespace",
  about: "workloads.<key>.namespace",
  message: "must not begin with kube-, which is reserved; where it exists: namespaces: { {name}: { existing: true } }",
  source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#working-with-namespaces",
  check: ({ draft, environment }) =>
    entriesOf(draft.workloads).flatMap(([key, { namespace: name = "" }]) =>
      name.startsWith("kube-") && !isBuiltInNamespace(name) && !environment.namespaces[name]?.existing
        ? [{ path: ["workloads", key, "namespace"], values: { name } }]
        : [],
    ),
};

export const namespaceRules = [unused, builtIn, reserved];

/** Of all workloads, also of those with errors of their own. */
function writtenNamespaces(data: unknown): unknown[] {
  const workloads = valueOf(data, "workloads");
  return Object.values(isMapping(workloads) ? workloads : {}).map((workload) => valueOf(workload, "namespace"));
}
