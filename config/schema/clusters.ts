import * as z from "zod";
import { AKS_NAME } from "../rules/formats";
import { closed, dnsLabel, freeText, key, labels, notEmpty, resourceGroupName, uuid } from "./common";
import { pullSchema } from "./pull";
import { publicRange } from "./registry-network";

const kubeconfig = z.strictObject({
  context: freeText(notEmpty).optional().describe("Context in the kubeconfig file. Default: the cluster's key."),
  path: freeText(z.string().regex(/^~\//, "must start with ~/, so that the output is the same on every machine"))
    .prefault("~/.kube/config")
    .describe("Kubeconfig file on the machine that runs Terraform."),
});

/** As in images' platforms: https://github.com/containerd/platforms#platform-specifier-format */
const ARCHITECTURES = ["amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64"] as const;

/** Ways in which kubelogin gets its token: https://azure.github.io/kubelogin/concepts/login-modes.html */
const LOGINS = ["azurecli", "workloadidentity", "spn", "msi"] as const;

const aks = z.strictObject({
  name: closed(AKS_NAME).describe("Name of the AKS cluster."),
  resourceGroup: resourceGroupName.describe("Resource group of the AKS cluster."),
  tenantId: uuid.optional().describe("Entra ID tenant of the cluster. Default: the environment's tenant."),
  subscriptionId: uuid.optional().describe("Default: the environment's subscription."),
  login: z.enum(LOGINS).default("azurecli").describe("How kubelogin authenticates the machine that runs Terraform."),
});

/** Ways to be reached: a cluster has exactly one. */
export const connections = {
  kubeconfig: kubeconfig.optional().describe("Reach the cluster by a kubeconfig context."),
  aks: aks.optional().describe("Reach an AKS cluster by its name, with kubelogin."),
};

export const clusterSchema = z.strictObject({
  ...connections,
  pull: pullSchema.describe("How the cluster proves to the registry who it is."),
  pullSecret: dnsLabel.optional().describe("Name of the pull secret. Default: <registry name>-secret."),
  architecture: z
    .enum(ARCHITECTURES)
    .default("amd64")
    .describe("Of the nodes. Where they are mixed, workloads choose by nodeSelector: kubernetes.io/arch."),
  loadBalancers: z
    .boolean()
    .default(true)
    .describe("Whether something gives services of type LoadBalancer an address, as clouds do."),
  privateEndpoint: z
    .boolean()
    .default(false)
    .describe("Whether the nodes reach the registry by a private endpoint, which somebody else keeps."),
  egress: z
    .array(publicRange)
    .min(1, "must list at least one range")
    .optional()
    .describe("Public addresses that the nodes come from, for a registry with network.allow. Default: nobody knows."),
  labels: labels.optional().describe("Labels by which workloads select the cluster, such as region: eu."),
});

export const clustersSchema = z.record(key, clusterSchema);
