import { edit, type Edit } from "./edit";
import { SERVED } from "./files";
import { importInto } from "./todo";

/** Edits of workloads and their namespaces. */
export const OF_WORKLOADS: readonly Edit[] = [
  edit("key of a workload", SERVED, {
    "workloads.web": null,
    "workloads.site": { image: "web", clusters: ["one"], namespace: "shop", port: 8080 },
  }),
  edit("a workload removed", SERVED, { workloads: {} }),
  edit("`workloads.<key>.namespace`", SERVED, { "workloads.web.namespace": "store" }),
  edit("`expose`", SERVED, { "workloads.web.expose": "LoadBalancer" }),
  edit("`replicas`, more than one", SERVED, { "workloads.web.replicas": 3 }),
  edit("namespace: made here → `existing`", SERVED, { namespaces: { shop: { existing: true } } }),
  edit(
    "namespace: `existing` → made here",
    { ...SERVED, namespaces: { shop: { existing: true } } },
    { namespaces: null },
    importInto("-workload-one", { kubernetes_namespace_v1: "shop" }),
  ),
  edit("`podSecurity`", SERVED, { namespaces: { shop: { podSecurity: "baseline" } } }),
];
