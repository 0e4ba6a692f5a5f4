import { z } from "zod";
import { HIDE_VALUE, dnsLabel, key, labels, resourceGroupName, text, uuid } from "./common";
import { pullSchema } from "./pull";

const kubeconfig = z.strictObject({
  context: text.optional().describe("Context in the kubeconfig file. Default: the cluster's key."),
  path: z
    .string()
    .regex(/^~\//, "must start with ~/, so that the output is the same on every machine")
    .default("~/.kube/config")
    .describe("Kubeconfig file on the machine that runs Terraform."),
});

/** Ways to be reached: a cluster has exactly one. */
export const CONNECTIONS = ["kubeconfig", "aks"] as const;

/** Ways in which kubelogin gets its token: https://azure.github.io/kubelogin/concepts/login-modes.html */
const LOGINS = ["azurecli", "workloadidentity", "spn", "msi"] as const;

const aks = z.strictObject({
  name: text.describe("Name of the AKS cluster."),
  resourceGroup: resourceGroupName,
  tenantId: uuid.optional().describe("Entra ID tenant of the cluster. Default: the environment's tenant."),
  subscriptionId: uuid.optional().describe("Default: the environment's subscription."),
  login: z.enum(LOGINS).default("azurecli").describe("How kubelogin authenticates the machine that runs Terraform."),
});

export const clusterSchema = z
  .strictObject({
    kubeconfig: kubeconfig.optional().describe("Reach the cluster by a kubeconfig context."),
    aks: aks.optional().describe("Reach an AKS cluster by its name, with kubelogin."),
    pull: pullSchema.describe("How the cluster proves to the registry who it is."),
    pullSecret: dnsLabel.optional().describe("Name of the pull secret. Default: <registry name>-secret."),
    labels: labels.optional().describe("Labels by which workloads select the cluster, such as region: eu."),
  })
  .superRefine((cluster, context) => {
    if ((cluster.kubeconfig === undefined) === (cluster.aks === undefined)) {
      context.addIssue({
        code: "custom",
        message: `must have exactly one of the keys ${CONNECTIONS.join(", ")}`,
        params: HIDE_VALUE,
      });
    }
    const { managedIdentity, existingSecret } = cluster.pull;
    if (managedIdentity && managedIdentity.objectId === undefined && !cluster.aks) {
      const path = ["pull", "managedIdentity", "objectId"];
      context.addIssue({ code: "custom", path, message: "is required where the cluster is not reached by aks" });
    }
    if (cluster.pullSecret !== undefined && (managedIdentity ?? existingSecret)) {
      context.addIssue({ code: "custom", path: ["pullSecret"], message: "must be left out: no pull secret is made" });
    }
  });

export const clustersSchema = z.record(key, clusterSchema);
