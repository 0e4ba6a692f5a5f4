import { isMapping, valueOf } from "../mapping";
import { suggestion, type Path } from "../problem";
import type { Finding, Rule, RuleContext } from "./rule";
import { choicesOf } from "./selected";

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
  id: "chosen-clusters",
  about: "workloads.<key>.clusters[], namespaces.<key>.clusters[], manifests.<key>.clusters[]",
  message: "must be a key of clusters",
  check: (context) =>
    choicesOf(context.written).flatMap(({ path, clusters: choice }) =>
      "matchLabels" in choice
        ? []
        : choice.flatMap((cluster, index) => reference(context, "clusters", [...path, index], cluster)),
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
