import { z } from "zod";
import { MOUNT_PATH, QUANTITY, VARIABLE_NAME } from "../rules/formats";
import { clusterChoice } from "./cluster-choice";
import {
  annotations,
  closed,
  dnsLabel,
  freeText,
  inFormat,
  key,
  labelKey,
  labelValue,
  port,
  reference,
  wholeNumber,
} from "./common";

/** https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go */
const LARGEST_USER_ID = 2 ** 31 - 1;

const quantity = closed(QUANTITY);

const resources = z.strictObject({
  cpu: quantity.default("100m").describe("CPU request."),
  memory: quantity.default("128Mi").describe("Memory request and limit."),
  cpuLimit: quantity.optional().describe("Default: none, so that idle CPU of the node is not wasted."),
});

const toleration = z.strictObject({
  key: labelKey.describe("Key of the taint."),
  operator: z.enum(["Exists", "Equal"]).default("Exists").describe("Equal compares the value of the taint as well."),
  value: labelValue.optional().describe("Value of the taint, with operator: Equal."),
  effect: z
    .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
    .optional()
    .describe("Effect of the taint. Default: every effect."),
});

const cidr = z.cidrv4("must be an IPv4 range in CIDR notation such as 203.0.113.0/24");

const absolutePath = freeText(inFormat(MOUNT_PATH));

export const workloadSchema = z.strictObject({
  image: reference.describe("Key of an image."),
  clusters: clusterChoice.describe("The clusters that run it: a list of keys, or a selector of labels."),
  namespace: dnsLabel.default("default").describe("Namespace that it runs in. Changing it replaces the workload."),
  port: port.describe("Port that the container listens on."),
  expose: z.enum(["ClusterIP", "NodePort", "LoadBalancer"]).default("ClusterIP").describe("Type of the service."),
  servicePort: port.optional().describe("Port of the service. Default: port."),
  nodePort: wholeNumber(30000, 32767).optional().describe("With expose: NodePort. Default: chosen by the cluster."),
  waitForLoadBalancer: z
    .boolean()
    .optional()
    .describe(
      "With expose: LoadBalancer. Fail where a new service has no address in time; with false it may come later. Default: true.",
    ),
  loadBalancerTimeoutSeconds: wholeNumber(30, 3600)
    .optional()
    .describe("With expose: LoadBalancer. How long to wait for the address of a new service. Default: 600."),
  allowedSources: z.array(cidr).optional().describe("With expose: LoadBalancer. Default: everyone."),
  serviceAnnotations: annotations.default({}).describe("Annotations of the service, by their keys."),
  replicas: z
    .union([wholeNumber(0, 1000), z.enum(["auto"])])
    .default("auto")
    .describe(
      "Pods that run at once. auto: one at first, and then as many as somebody else says, such as an autoscaler.",
    ),
  health: z
    .strictObject({ path: freeText(z.string().regex(/^\//, "must start with /")).describe("Path of the URL.") })
    .optional()
    .describe("HTTP path for the probes. Default: the probes open a TCP connection."),
  resources: resources.prefault({}).describe("What a pod needs of its node."),
  env: z
    .record(closed(VARIABLE_NAME), freeText())
    .default({})
    .describe("Environment variables. They can be read by whoever may read pods: no secrets."),
  pullPolicy: z
    .enum(["IfNotPresent", "Always"])
    .optional()
    .describe(
      "When nodes ask the registry for the image. Always: at every start, so that nothing starts while the registry is away. " +
        "Default: IfNotPresent where the image is pinned by its digest, Always for a tag (acrTask).",
    ),
  writablePaths: z
    .array(absolutePath)
    .prefault(["/tmp"])
    .describe("Folders that get an empty volume, since the root file system is read-only."),
  runAsUser: wholeNumber(1, LARGEST_USER_ID)
    .optional()
    .describe("Default: the image's user, which must be a number other than 0."),
  rolloutDeadlineSeconds: wholeNumber(30, 3600)
    .default(300)
    .describe("A rollout without progress for so long has failed."),
  virtualNodes: z.boolean().default(false).describe("Run on AKS virtual nodes (Azure Container Instances)."),
  nodeSelector: z.record(labelKey, labelValue).default({}).describe("Labels that a node must have."),
  tolerations: z.array(toleration).default([]).describe("Taints of nodes that do not keep it away."),
});

/** Workload keys name Deployments and Services, whose names are RFC 1035 labels. */
export const workloadsSchema = z.record(key, workloadSchema);
