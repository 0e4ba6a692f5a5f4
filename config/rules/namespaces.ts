import { isMapping, valueOf } from "../mapping";
import { isBuiltInNamespace } from "../namespaces";
import { entriesOf, type Rule } from "./rule";

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces */
const ENFORCE = "pod-security.kubernetes.io/enforce";

const unused: Rule = {
  id: "unused-namespace",
  about: "namespaces.<key>",
  message: "is on no cluster: list those that pull there (clusters), or let a workload run in it",
  check: ({ draft, environment, written, data }) => {
    const used = new Set([
      ...Object.values(environment.workloads).map(({ namespace }) => namespace),
      ...writtenNamespaces(data),
      ...Object.values(environment.manifests).flatMap(({ set }) => set.namespaces.map((used) => used.name)),
    ]);
    // Of manifests with errors nobody knows where they lie.
    if (Object.keys(environment.manifests).length < Object.keys(written.manifests).length) return [];
    return entriesOf(draft.namespaces)
      .filter(([name, namespace]) => !used.has(name) && !("clusters" in namespace))
      .map(([name]) => ({ path: ["namespaces", name], atKey: true }));
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
  about: "workloads.<key>.namespace, manifests.<key>.namespace, namespaces.<key>",
  message: "must not begin with kube-, which is reserved; where it exists: namespaces: { {name}: { existing: true } }",
  source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#working-with-namespaces",
  check: ({ draft, environment }) => {
    const isReserved = (name: string) =>
      name.startsWith("kube-") && !isBuiltInNamespace(name) && !environment.namespaces[name]?.existing;
    return [
      ...entriesOf(draft.workloads).flatMap(([key, { namespace: name = "" }]) =>
        isReserved(name) ? [{ path: ["workloads", key, "namespace"], values: { name } }] : [],
      ),
      ...Object.entries(environment.manifests).flatMap(([key, { set }]) =>
        set.namespaces
          .filter(({ name, madeBy }) => madeBy === undefined && isReserved(name))
          .map(({ name }) => ({ path: ["manifests", key, "namespace"], values: { name }, showValue: false })),
      ),
      // Without clusters of its own it is a workload's, and said there.
      ...Object.entries(environment.namespaces).flatMap(([name, { clusters }]) =>
        isReserved(name) && clusters.length > 0 ? [{ path: ["namespaces", name], atKey: true, values: { name } }] : [],
      ),
    ];
  },
};

const ofOthers: Rule = {
  id: "namespace-of-others",
  about: "namespaces.<key>.labels, namespaces.<key>.annotations",
  message: "must be left out: the namespace is somebody else's (existing: true)",
  check: ({ draft }) =>
    entriesOf(draft.namespaces).flatMap(([name, namespace]) =>
      (["labels", "annotations"] as const)
        .filter((key) => namespace.existing === true && Object.keys(namespace[key] ?? {}).length > 0)
        .map((key) => ({ path: ["namespaces", name, key], showValue: false })),
    ),
};

const ofManifests: Rule = {
  id: "namespace-of-manifests",
  about: "namespaces.<key>.labels, namespaces.<key>.annotations, namespaces.<key>.podSecurity",
  message: "must be left out: the object in manifests.{manifests} makes the namespace, and says it there",
  check: ({ data, environment }) => {
    const makers = new Map(
      Object.entries(environment.manifests).flatMap(([key, { set }]) =>
        set.namespaces.filter(({ madeBy }) => madeBy !== undefined).map(({ name }) => [name, key] as const),
      ),
    );
    return Object.keys(environment.namespaces).flatMap((name) => {
      const manifests = makers.get(name);
      const namespace = valueOf(valueOf(data, "namespaces"), name);
      if (manifests === undefined || !isMapping(namespace)) return [];
      return ["labels", "annotations", "podSecurity"]
        .filter((key) => Object.hasOwn(namespace, key))
        .map((key) => ({ path: ["namespaces", name, key], values: { manifests }, showValue: false }));
    });
  },
};

const enforced: Rule = {
  id: "label-of-pod-security",
  about: "namespaces.<key>.labels.<key>",
  message: "must be left out: podSecurity sets it",
  check: ({ draft }) =>
    entriesOf(draft.namespaces)
      .filter(([, { labels = {} }]) => Object.hasOwn(labels, ENFORCE))
      .map(([name]) => ({ path: ["namespaces", name, "labels", ENFORCE] })),
};

export const namespaceRules = [unused, builtIn, reserved, ofOthers, ofManifests, enforced];

/** Of all workloads, also of those with errors of their own. */
function writtenNamespaces(data: unknown): unknown[] {
  const workloads = valueOf(data, "workloads");
  return Object.values(isMapping(workloads) ? workloads : {}).map((workload) => valueOf(workload, "namespace"));
}
