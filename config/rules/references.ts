import { isMapping, valueOf } from "../mapping";
import { suggestion, type Path } from "../problem";
import type { Finding, Rule, RuleContext } from "./rule";
import { MOVING_TAG } from "../cached-images";
import { workloadImage, type WorkloadImage } from "../workload-image";
import { choicesOf } from "./selected";

const image: Rule = {
  id: "image-of-workload",
  about: "workloads.<key>.image",
  message: "must be a key of images",
  check: (context) => unknownImages(context, "no-key"),
};

const cached: Rule = {
  id: "cached-image",
  about: "workloads.<key>.image",
  message: "must be a key of images, or the name of an image that a rule of registry.cacheRules covers",
  source: "https://learn.microsoft.com/azure/container-registry/wildcards-artifact-cache",
  check: (context) => unknownImages(context, "no-rule"),
};

const cachedVersion: Rule = {
  id: "version-of-cached-image",
  about: "workloads.<key>.image",
  message: "must name a version: a tag other than latest, or a digest",
  check: (context) => unknownImages(context, "no-version"),
};

const movingTag: Rule = {
  id: "tag-of-cached-image",
  about: "workloads.<key>.image",
  message: MOVING_TAG,
  warns: true,
  check: ({ environment: { images, workloads } }) =>
    Object.entries(workloads).flatMap(([key, workload]): Finding[] => {
      const image = Object.hasOwn(images, workload.image) ? images[workload.image] : undefined;
      if (!image?.byName || image.origin.kind !== "tagged") return [];
      return [{ path: ["workloads", key, "image"], values: { repository: image.repository } }];
    }),
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

export const referenceRules = [image, cached, cachedVersion, movingTag, clusters];

type Reason = Extract<WorkloadImage, { kind: "unknown" }>["why"];

/** Workloads whose image is nothing that is known, for this reason. Of a registry that is wrong nobody knows what it caches. */
function unknownImages({ data, environment, written }: RuleContext, why: Reason): Finding[] {
  const entries = valueOf(data, "images");
  // Those with errors of their own are there as well.
  const images = isMapping(entries) ? entries : {};
  const rules = Object.values(written.registry?.cacheRules ?? {});
  return Object.entries(written.workloads).flatMap(([key, { image: text }]): Finding[] => {
    const found = workloadImage(text, { images, closed: environment.images, rules });
    if (found.kind !== "unknown" || found.why !== why || (why === "no-rule" && !written.registry)) return [];
    return [{ path: ["workloads", key, "image"], suggestion: suggestion(text, Object.keys(images)) }];
  });
}

/** Entries with errors of their own are there as well. */
function reference({ data }: RuleContext, section: "images" | "clusters", path: Path, key: string): Finding[] {
  const entries = valueOf(data, section);
  const known = isMapping(entries) ? entries : {};
  return Object.hasOwn(known, key) ? [] : [{ path, suggestion: suggestion(key, Object.keys(known)) }];
}
