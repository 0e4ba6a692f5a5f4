import * as z from "zod";
import { FORMER_REGISTRY, REGISTRY_NAME } from "../rules/formats";
import { closed, location, resourceGroupName, tags, wholeNumber } from "./common";
import { networkSchema, privateEndpointsSchema } from "./registry-network";
import { registryAttachments } from "./registry-operations";
import { customerManagedKeySchema } from "./registry-protection";

export const SKUS = ["Basic", "Standard", "Premium"] as const;
export type Sku = (typeof SKUS)[number];

const resourceGroup = z.union([
  resourceGroupName,
  z.strictObject({
    name: resourceGroupName.describe("Name of the resource group."),
    existing: z.boolean().default(false).describe("Adopt the resource group instead of creating it."),
  }),
]);

const georeplication = z.strictObject({
  location: location.describe("Azure location of the replica."),
  zoneRedundancy: z.boolean().default(false).describe("Spread the replica over availability zones."),
  regionalEndpoint: z.boolean().default(false).describe("Give the replica an endpoint of its own."),
});

export const registrySchema = z.strictObject({
  name: closed(REGISTRY_NAME).describe(
    "Name of the registry, unique in all of Azure. Changing it replaces the registry.",
  ),
  resourceGroup: resourceGroup.describe("Resource group of the registry: a name, or { name, existing }."),
  formerly: z
    .array(closed(FORMER_REGISTRY))
    .optional()
    .describe(
      "Registries that images were pushed to before, by name or host, until the images stack has been applied: see docs/edits.md.",
    ),
  existing: z.boolean().default(false).describe("Adopt the registry instead of creating it."),
  adopt: z
    .boolean()
    .optional()
    .describe(
      "The registry and its group were made by hand, and are to be managed here: the next apply imports them. To be dropped " +
        "afterwards: see docs/adoption.md. Default: false.",
    ),
  location: location.optional().describe("Azure location, such as centralus. Changing it replaces the registry."),
  sku: z.enum(SKUS).optional().describe("Basic, Standard or Premium."),
  adminUser: z
    .boolean()
    .optional()
    .describe("Enable the admin user: one shared password for push and pull. Default: false."),
  anonymousPull: z
    .boolean()
    .optional()
    .describe("Let anyone pull without credentials. Standard or Premium. Default: false."),
  publicAccess: z.boolean().optional().describe("Reachable from the internet; false needs Premium. Default: true."),
  network: networkSchema.optional().describe("Who reaches the registry from the internet, and where its layers lie."),
  privateEndpoints: privateEndpointsSchema
    .optional()
    .describe("Ways in from virtual networks, by key. Premium, which an adopted registry has to be."),
  retentionDays: wholeNumber(1, 365).optional().describe("Days until an untagged manifest is purged. Premium."),
  zoneRedundancy: z
    .boolean()
    .optional()
    .describe("Spread over availability zones. Premium. Changing it replaces the registry. Default: false."),
  georeplications: z
    .array(georeplication)
    .min(1, "must list at least one location")
    .optional()
    .describe("Further locations of the registry. Premium."),
  deleteProtection: z
    .boolean()
    .optional()
    .describe("Make Terraform refuse every plan that would destroy the registry or its group. Default: false."),
  exportPolicy: z
    .boolean()
    .optional()
    .describe(
      "Whether images may be exported and imported elsewhere; false needs Premium and publicAccess: false. Default: true.",
    ),
  quarantine: z
    .boolean()
    .optional()
    .describe(
      "Hold back what is pushed until a scanner releases it: nobody pulls it before. A preview of Azure. Premium. Default: false.",
    ),
  contentTrust: z
    .boolean()
    .optional()
    .describe(
      "Let images be signed by Docker Content Trust: nothing that kubelets look at, and until 2028-03-31. Premium, and azurerm before 5. Default: false.",
    ),
  customerManagedKey: customerManagedKeySchema
    .optional()
    .describe("Encrypt by a key of yours. Premium. Adding or removing it needs a new registry."),
  ...registryAttachments,
  repositoryPermissions: z
    .boolean()
    .default(false)
    .describe(
      "The registry is in the mode 'RBAC Registry + ABAC Repository Permissions', which ignores AcrPull: " +
        "clusters get Container Registry Repository Reader on exactly the repositories that they run.",
    ),
  tags: tags.optional().describe("Tags of the registry and its group, over the environment's tags."),
});
