import * as z from "zod";
import { textOf } from "../text";
import type { Finding, Rule } from "./rule";
import { inWorkloads } from "./workload-drafts";

const ANNOTATIONS = "workloads.<key>.serviceAnnotations";
/** Of the service and of the pods. */
const ANNOTATED = ["serviceAnnotations", "podAnnotations"] as const;
/** https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/annotation_key_constants.go */
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
const VALIDATION = "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go";

/** Keys and values of an object's annotations together, in bytes. */
const LARGEST_ANNOTATIONS = 256 * 1024;

const network: Rule = {
  id: "network",
  about: "workloads.<key>.allowedSources[]",
  message: "must not have bits set beyond the prefix length",
  source: "https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/ip.go",
  check: (context) =>
    inWorkloads(context, ({ allowedSources = [] }, path) =>
      allowedSources.flatMap((source, index) => {
        const meant = source !== undefined && isRange(source) ? networkOf(source) : source;
        if (meant === source) return [];
        return [{ path: [...path, "allowedSources", index], suggestion: `; did you mean "${meant ?? ""}"?` }];
      }),
    ),
};

const size: Rule = {
  id: "annotations-size",
  about: ANNOTATED.map((key) => `workloads.<key>.${key}`).join(", "),
  message: `must be at most ${LARGEST_ANNOTATIONS} bytes, keys and values together, and is {bytes}`,
  source: "https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go",
  check: (context) =>
    inWorkloads(context, (workload, path) =>
      ANNOTATED.flatMap((place): Finding[] => {
        const texts = Object.entries(workload[place] ?? {}).map(
          ([key, value]) => `${key}${value ? textOf(value) : ""}`,
        );
        const bytes = Buffer.byteLength(texts.join(""));
        if (bytes <= LARGEST_ANNOTATIONS) return [];
        return [{ path: [...path, place], values: { bytes }, atKey: true }];
      }),
    ),
};

const rangesAnnotation: Rule = {
  id: "source-ranges-annotation",
  about: `${ANNOTATIONS}.${SOURCE_RANGES}`,
  message:
    "needs expose: LoadBalancer, and ranges in CIDR notation with commas between them: allowedSources is simpler",
  source: VALIDATION,
  check: (context) =>
    inWorkloads(context, ({ serviceAnnotations = {}, expose, allowedSources }, path) => {
      const written = serviceAnnotations[SOURCE_RANGES];
      const value = written && textOf(written);
      // With ranges of its own, the Service ignores the annotation.
      if (value === undefined || expose === undefined || allowedSources) return [];
      const ranges = value.split(",").map((range) => range.trim());
      const isRight = value.trim() === "" || ranges.every((range) => isRange(range) && networkOf(range) === range);
      return expose === "LoadBalancer" && isRight ? [] : [{ path: [...path, "serviceAnnotations", SOURCE_RANGES] }];
    }),
};

const kubernetes: Rule = {
  id: "service-of-kubernetes",
  about: "workloads.<key>",
  message: "must not be called kubernetes in the namespace default: every cluster has that service",
  source: "https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api",
  check: (context) =>
    inWorkloads(context, ({ namespace }, path) =>
      path.at(-1) === "kubernetes" && namespace === "default" ? [{ path, atKey: true }] : [],
    ),
};

export const serviceRules = [network, size, rangesAnnotation, kubernetes];

function isRange(text: string): boolean {
  return z.cidrv4().safeParse(text).success;
}

/** The range without bits beyond its prefix. */
function networkOf(range: string): string {
  const [address = "", length = ""] = range.split("/");
  const bits = address.split(".").reduce((number, octet) => number * 256 + Number(octet), 0);
  const block = 2 ** (32 - Number(length));
  const first = Math.floor(bits / block) * block;
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${length}`;
}
