import * as z from "zod";
import { clusterChoice } from "./cluster-choice";
import { annotations, dnsLabel, labels } from "./common";
import { repository } from "./images";
import { pullSecretSchema } from "./pull-secret";

export const namespaceSchema = z.strictObject({
  existing: z.boolean().default(false).describe("The namespace is somebody else's: use it, do not create it."),
  adopt: z
    .boolean()
    .optional()
    .describe(
      "The namespace was made by hand, and is to be managed here: the next apply imports it. To be dropped afterwards: see " +
        "docs/adoption.md. Default: false.",
    ),
  clusters: clusterChoice
    .optional()
    .describe(
      "The clusters on which it gets the pull secret, for what others deploy there: a list of keys, or a selector of " +
        "labels. Default: those of its workloads.",
    ),
  serviceAccounts: z
    .array(dnsLabel)
    .default([])
    .describe(
      "Service accounts whose pods pull without naming the secret. default is there and gets it in place of all others " +
        "that it has; the others are made here.",
    ),
  pullSecret: pullSecretSchema
    .optional()
    .describe("Name of the pull secret, or a mapping. Default: the cluster's pullSecret, or <registry name>-secret."),
  repositories: z
    .array(repository)
    .default([])
    .describe("What others pull there, for clusters whose identity is granted single repositories."),
  podSecurity: z
    .enum(["restricted", "baseline", "privileged"])
    .default("restricted")
    .describe(
      "Pod Security Standard that a created namespace enforces. One that the file does not mention, and in which manifests " +
        "run, gets the strictest that they satisfy: baseline or privileged.",
    ),
  labels: labels.default({}).describe("Labels of a created namespace."),
  annotations: annotations.default({}).describe("Annotations of a created namespace."),
});
