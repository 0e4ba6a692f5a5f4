import { edit, type Edit } from "./edit";
import { EXISTING, PRINCIPAL, SERVED, workload } from "./files";
import { MIGRATE, alsoBy, destroyBefore, isAks, pushStates } from "./todo";

const AKS = { name: "shop-aks", resourceGroup: "aks-rg" };

/** Edits of clusters, of where states lie, and of the environment itself. */
export const OF_CLUSTERS: readonly Edit[] = [
  edit(
    "`kubeconfig.context`, of another cluster",
    SERVED,
    { "clusters.one.kubeconfig.context": "two" },
    destroyBefore("-workload-one"),
  ),
  edit(
    "`kubeconfig.context`, of the same cluster",
    SERVED,
    { "clusters.one.kubeconfig.context": "two" },
    alsoBy("two"),
  ),
  edit(
    "`kubeconfig` → `aks`, the same cluster",
    SERVED,
    { "clusters.one.kubeconfig": null, "clusters.one.aks": AKS },
    isAks("shop-aks"),
  ),
  edit(
    "`aks` → `kubeconfig`, the same cluster",
    workload(EXISTING, { aks: AKS }),
    { "clusters.one.aks": null, "clusters.one.kubeconfig": {} },
    alsoBy("one"),
  ),
  edit(
    "`aks.name`",
    workload(EXISTING, { aks: AKS }),
    { "clusters.one.aks.name": "other-aks" },
    destroyBefore("-workload-one"),
  ),
  edit(
    "key of a cluster",
    workload(PRINCIPAL),
    {
      "clusters.one": null,
      "clusters.two": { kubeconfig: { context: "one" }, pull: PRINCIPAL },
      "workloads.web.clusters": ["two"],
    },
    destroyBefore("-workload-one", "-identity-one"),
  ),
  edit(
    "a cluster removed",
    workload(PRINCIPAL),
    { clusters: {}, workloads: {} },
    destroyBefore("-workload-one", "-identity-one"),
  ),
  edit(
    "a cluster added",
    { ...SERVED, clusters: {}, workloads: {} },
    { clusters: SERVED.clusters, workloads: SERVED.workloads },
  ),
  edit("`backend`", SERVED, { backend: { gcs: { bucket: "states" } } }, MIGRATE),
  { ...edit("name of the environment", SERVED, {}, pushStates("shop", "store")), newName: "store" },
];
