import { z } from "zod";
import { HIDE_VALUE, dnsLabel, key, resourceGroupName, text, uuid, wholeNumber } from "./common";

const kubeconfig = z.strictObject({
  context: text.describe("Context in the kubeconfig file."),
  path: z
    .string()
    .regex(/^~\//, "must start with ~/, so that the output is the same on every machine")
    .default("~/.kube/config")
    .describe("Kubeconfig file on the machine that runs Terraform."),
});

/** Ways in which kubelogin gets its token: https://azure.github.io/kubelogin/concepts/login-modes.html */
const LOGINS = ["azurecli", "workloadidentity", "spn", "msi"] as const;

const aks = z.strictObject({
  name: text.describe("Name of the AKS cluster."),
  resourceGroup: resourceGroupName,
  subscriptionId: uuid.optional().describe("Default: the environment's subscription."),
  login: z.enum(LOGINS).default("azurecli").describe("How kubelogin authenticates the machine that runs Terraform."),
});

/** Longest life of a password: common cap of organisations, and far below Graph's default of two years. */
const LIFETIME_CAP_DAYS = 180;

const rotation = z
  .strictObject({
    periodDays: wholeNumber(1, 365).default(30).describe("Days from one generation of the credential to the next."),
    slots: wholeNumber(2, 12).default(4).describe("Passwords that exist side by side."),
    lag: wholeNumber(0, 10).default(1).describe("Generations that a password is old before clusters get it."),
    maximumLifetimeDays: wholeNumber(1, 730)
      .default(LIFETIME_CAP_DAYS)
      .describe("Cap of the organisation on the life of a password."),
  })
  .superRefine(({ periodDays, slots, lag, maximumLifetimeDays }, context) => {
    const lifetime = (slots + 1) * periodDays;
    if (lag > slots - 2) {
      context.addIssue({ code: "custom", path: ["lag"], message: `must be at most slots - 2 = ${slots - 2}` });
    }
    if (lifetime > maximumLifetimeDays) {
      context.addIssue({
        code: "custom",
        path: ["periodDays"],
        message: `makes passwords live (slots + 1) x periodDays = ${lifetime} days, over maximumLifetimeDays = ${maximumLifetimeDays}`,
      });
    }
  });

const servicePrincipal = z.strictObject({
  name: text.max(120, "must be at most 120 characters").describe("Display name of the application in Entra ID."),
  owners: z
    .array(uuid)
    .min(1, "must list at least one owner")
    .optional()
    .describe("Object ids of the owners; the identity that runs Terraform must be one. Default: that identity alone."),
  role: text
    .optional()
    .describe(
      "Role on the registry. Default: AcrPull, or Container Registry Repository Reader with repositoryPermissions.",
    ),
  rotation: rotation.prefault({}),
});

export const clusterSchema = z
  .strictObject({
    kubeconfig: kubeconfig.optional().describe("Reach the cluster by a kubeconfig context."),
    aks: aks.optional().describe("Reach an AKS cluster by its name, with kubelogin."),
    pull: z.strictObject({ servicePrincipal }).describe("How the cluster proves to the registry who it is."),
    pullSecret: dnsLabel.optional().describe("Name of the pull secret. Default: <registry name>-secret."),
  })
  .superRefine((cluster, context) => {
    if ((cluster.kubeconfig === undefined) === (cluster.aks === undefined)) {
      context.addIssue({
        code: "custom",
        message: "must have exactly one of the keys kubeconfig, aks",
        params: HIDE_VALUE,
      });
    }
  });

export const clustersSchema = z.record(key, clusterSchema);
