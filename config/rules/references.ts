import { isMapping, valueOf } from "../mapping";
import { suggestion, type Path } from "../problem";
import type { Finding, Rule, RuleContext } from "./rule";

const image: Rule = {
  id: "image-of-workload",
  about: "workloads.<key>.image",
  message: "must be a key of images",
  check: (context) =>
    workloads(context).flatMap(([key, workload]) =>
      reference(context, "images", ["workloads", key, "image"], workload.image),
    ),
};

const clusters: Rule = {
  id: "clusters-of-workload",
  about: "workloads.<key>.clusters[]",
  message: "must be a key of clusters",
  check: (context) =>
    workloads(context).flatMap(([key, workload]) =>
      workload.clusters.flatMap((cluster, index) =>
        reference(context, "clusters", ["workloads", key, "clusters", index], cluster),
      ),
    ),
};

export const referenceRules = [image, clusters];

function workloads({ environment }: RuleContext) {
  return Object.entries(environment.workloads);
}

/** Entries with errors of their own are there as well. */
function reference({ data }: RuleContext, section: "images" | "clusters", path: Path, key: string): Finding[] {
  const entries = valueOf(data, section);
  const known = isMapping(entries) ? entries : {};
  return Object.hasOwn(known, key) ? [] : [{ path, suggestion: suggestion(key, Object.keys(known)) }];
}
