import * as z from "zod";
import { DATA_KEY, DNS_SUBDOMAIN, MOUNT_PATH, QUANTITY, VARIABLE_NAME } from "../rules/formats";
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
  labels,
  notEmpty,
  port,
  reference,
  wholeNumber,
} from "./common";

/** https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go */
const LARGEST_USER_ID = 2 ** 31 - 1;

const quantity = closed(QUANTITY);

const resources = z.strictObject({
  cpu: quantity.default("100m").describe("CPU request."),
  memory: quantity.default("128Mi").describe("Memory request."),
  memoryLimit: quantity.optional().describe("Default: memory."),
  cpuLimit: quantity.optional().describe("Default: none, so that idle CPU of the node is not wasted."),
});

const objectName = closed(DNS_SUBDOMAIN);

/** Where a variable's value may lie: exactly one. */
export const sources = {
  secret: objectName.optional().describe("Name of a secret in the namespace."),
  configMap: objectName.optional().describe("Name of a config map in the namespace."),
};

const variableSource = z.strictObject({
  ...sources,
  key: closed(DATA_KEY).describe("Key of the value in it."),
});

const probes = z.strictObject({
  startupSeconds: wholeNumber(2, 3600).optional().describe("Time that the program has to start. Default: 60."),
  periodSeconds: wholeNumber(1, 3600)
    .optional()
    .describe("Time from one probe to the next. Default: 10 for readiness, 20 for liveness."),
  timeoutSeconds: wholeNumber(1, 600).optional().describe("Time that an answer may take. Default: 1."),
  failureThreshold: wholeNumber(1, 100)
    .optional()
    .describe("Probes in a row that fail until a pod gets no requests, or is started again. Default: 3."),
});

/** Of objects that were made by hand. */
const names = z.strictObject({
  deployment: objectName.optional().describe("Name of the Deployment. Default: the key of the workload."),
  service: dnsLabel.optional().describe("Name of the Service. Default: the key of the workload."),
  selector: labels
    .refine((all) => Object.keys(all).length > 0, "must name at least one label")
    .optional()
    .describe(
      "Labels that the Deployment and the Service select pods by: kubectl get deployment <name> -o " +
        "jsonpath={.spec.selector.matchLabels}. Default: app: <name of the Deployment>, as kubectl create deployment has it.",
    ),
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
  image: reference.describe(
    "Key of an image; or the name that an image has elsewhere, such as nginx:1.28.0, where a rule of registry.cacheRules covers it.",
  ),
  clusters: clusterChoice.describe("The clusters that run it: a list of keys, or a selector of labels."),
  namespace: dnsLabel.default("default").describe("Namespace that it runs in. Changing it replaces the workload."),
  port: port
    .optional()
    .describe(
      "Port that the container listens on. Default: none, as for a worker: there are no service and no probes.",
    ),
  command: z
    .array(freeText())
    .min(1, "must not be empty")
    .optional()
    .describe("Program. Default: the image's ENTRYPOINT."),
  args: z.array(freeText()).optional().describe("Arguments of the program. Default: the image's CMD."),
  adopt: names
    .optional()
    .describe(
      "The Deployment and the Service were made by hand, and are to be managed here: the next apply imports them. Afterwards it is " +
        "to be called keep: see docs/adoption.md.",
    ),
  keep: names
    .optional()
    .describe("What adopt has become once it is applied: names and selector of what was made by hand."),
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
  probes: probes.optional().describe("Timing of the probes."),
  resources: resources.prefault({}).describe("What a pod needs of its node."),
  env: z
    .record(closed(VARIABLE_NAME), z.union([freeText(), variableSource]))
    .default({})
    .describe(
      "Environment variables: a text, which can be read by whoever may read pods, or the place of the value in a secret " +
        "or a config map. Pods read it when they start.",
    ),
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
  writableRoot: z
    .boolean()
    .optional()
    .describe("The root file system can be written to, and is lost with the container. Default: false."),
  runAsRoot: freeText(notEmpty)
    .optional()
    .describe(
      "Why the program needs root, for those who read the pod. It then runs as user 0 with the runtime's capabilities, " +
        "which the restricted standard forbids.",
    ),
  serviceAccount: dnsLabel
    .optional()
    .describe(
      "Service account of the pods, whose token they get: one of namespaces.<key>.serviceAccounts, or somebody else's. " +
        "Default: default, without its token.",
    ),
  podAnnotations: annotations
    .optional()
    .describe("Annotations of the pods. A change starts new ones; the last ones stay when all are taken away."),
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
