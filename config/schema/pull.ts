import * as z from "zod";
import { ISSUER, TOKEN_NAME, VAULT_NAME } from "../rules/formats";
import { closed, dnsLabel, freeText, location, notEmpty, resourceGroupName, uuid, wholeNumber } from "./common";

/** Longest life of a password: common cap of organisations, and far below Graph's default of two years. */
const LIFETIME_CAP_DAYS = 180;

/** How passwords take turns. */
export const rotation = z.strictObject({
  periodDays: wholeNumber(1, 365).default(30).describe("Days from one generation of the credential to the next."),
  slots: wholeNumber(2, 12).default(4).describe("Passwords that exist side by side."),
  lag: wholeNumber(0, 10).default(1).describe("Generations that a password is old before clusters get it."),
  maximumLifetimeDays: wholeNumber(1, 730)
    .default(LIFETIME_CAP_DAYS)
    .describe("Cap of the organisation on the life of a password."),
});

/** Characters that the names of what proves an identity may have. */
export const LONGEST_NAME = { servicePrincipal: 120, registryToken: 47, federated: 120 } as const;

/** An application in Entra ID that may pull. */
const application = {
  name: freeText(
    notEmpty.max(LONGEST_NAME.servicePrincipal, `must be at most ${LONGEST_NAME.servicePrincipal} characters`),
  )
    .optional()
    .describe("Display name of the application in Entra ID. Default: acr-pull-<environment>-<cluster>."),
  owners: z
    .array(uuid)
    .min(1, "must list at least one owner")
    .optional()
    .describe("Object ids of the owners; the identity that runs Terraform must be one. Default: that identity alone."),
  role: freeText(notEmpty)
    .optional()
    .describe(
      "Role on the registry. Default: AcrPull, or Container Registry Repository Reader with repositoryPermissions.",
    ),
  adopt: z
    .strictObject({
      clientId: uuid.describe("Client id of the application: the user name in the old pull secret."),
    })
    .optional()
    .describe(
      "The application was made by hand, and is to be managed here: the next apply imports it, its principal and its role on the " +
        "registry. Its old password stays. To be dropped afterwards: see docs/adoption.md.",
    ),
};

const { adopt, ...described } = application;

const servicePrincipal = z.strictObject({
  ...described,
  rotation: rotation.prefault({}).describe("How passwords take turns: see docs/runbook.md."),
  adopt,
});

const federated = z.strictObject({
  issuer: closed(ISSUER)
    .optional()
    .describe(
      "Issuer of the cluster's service account tokens, whose two documents Entra ID must reach: see docs/federation.md. " +
        "Default: found by aks.",
    ),
  controller: z
    .enum(["externalSecrets", "acrPull"])
    .describe(
      "Who renews the pull secret, and is installed in the cluster: External Secrets Operator, or Azure's msi-acrpull.",
    ),
  serviceAccount: dnsLabel
    .default("acr-pull")
    .describe("Service account that is made in every namespace with the pull secret, and that the application trusts."),
  ...application,
  formerly: z
    .strictObject({
      rotation: rotation.prefault({}).describe("How they take turns, as it stood in servicePrincipal."),
    })
    .optional()
    .describe(
      "The passwords of servicePrincipal stay, which the cluster still holds: until the workload stack has been applied. To be " +
        "dropped afterwards: see docs/federation.md.",
    ),
});

const registryToken = z.strictObject({
  name: closed(TOKEN_NAME)
    .optional()
    .describe(
      "Name of the scope map; the tokens are <name>-0 and so on. Changing it replaces them. " +
        "Default: acr-pull-<environment>-<cluster>.",
    ),
  rotation: rotation.prefault({}).describe("How passwords take turns: see docs/runbook.md."),
});

const keyVault = z.strictObject({
  name: closed(VAULT_NAME).describe("Name of the vault, unique in all of Azure."),
  resourceGroup: resourceGroupName.describe("Resource group of the vault, which exists."),
  existing: z.boolean().default(false).describe("Adopt the vault instead of creating it."),
  location: location.optional().describe("Azure location of a created vault."),
});

/** Ways to pull: a cluster has exactly one. */
export const methods = {
  servicePrincipal: servicePrincipal.optional().describe("A service principal with rotating passwords."),
  registryToken: registryToken
    .optional()
    .describe("Tokens of the registry itself, for exactly the repositories that the cluster runs."),
  managedIdentity: z
    .strictObject({
      objectId: uuid.optional().describe("Object id of the kubelet's identity. Default: found by aks."),
      adopt: z
        .boolean()
        .optional()
        .describe(
          "Its role on the registry was assigned by hand, and is to be managed here: the next apply imports it. Default: false.",
        ),
    })
    .optional()
    .describe("The nodes' own identity, without any secret."),
  existingSecret: z
    .strictObject({ name: dnsLabel.describe("Name of the secret in every namespace of the workloads.") })
    .optional()
    .describe("A pull secret that somebody else keeps."),
  federated: federated
    .optional()
    .describe("A service principal without any password, for which the cluster's own service account tokens speak."),
};

export const pullSchema = z.strictObject({
  ...methods,
  keyVault: keyVault
    .optional()
    .describe("Deliver the password through a key vault, so that no workload state holds it. Terraform 1.11 or later."),
});
