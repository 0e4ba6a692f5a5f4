import * as z from "zod";
import { clusterChoice } from "./cluster-choice";
import { dnsLabel, key, notEmpty, reference } from "./common";

export const manifestsSchema = z.strictObject({
  path: notEmpty.describe(
    "File or folder, relative to the folder of cdktf.json: YAML or JSON as kubectl, kustomize build and helm template write it. " +
      "Of a folder, all that ends in .yaml, .yml or .json, below it as well.",
  ),
  allowOutside: z
    .boolean()
    .default(false)
    .describe(
      "Accept a path that is not below the folder of cdktf.json, such as ../app/k8s in a repository of several projects.",
    ),
  clusters: clusterChoice.describe("The clusters that get it: a list of keys, or a selector of labels."),
  namespace: dnsLabel.default("default").describe("Namespace of objects that name none."),
  images: z
    .record(notEmpty, reference)
    .default({})
    .describe(
      "Keys of images by their names in the manifests, without tag or with it. Default: by the registry's host and the repository.",
    ),
  allowOtherImages: z
    .boolean()
    .default(true)
    .describe(
      "Accept images of other registries, which nodes fetch from there. false: pods have images of the registry alone, and those that " +
        "a rule of registry.cacheRules covers.",
    ),
  adopt: z
    .boolean()
    .default(false)
    .describe(
      "The objects were applied by hand, and are to be managed here: the next apply imports those that are there. To be dropped " +
        "afterwards: see docs/adoption.md.",
    ),
  customResources: z
    .boolean()
    .default(false)
    .describe(
      "Accept objects that the provider has no typed resource for. Their plans need the cluster, and the definitions of their kinds in it.",
    ),
});

export const manifestsMapSchema = z.record(key, manifestsSchema);
