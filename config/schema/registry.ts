import { z } from "zod";
import { location, resourceGroupName, tags, wholeNumber } from "./common";

export const SKUS = ["Basic", "Standard", "Premium"] as const;
export type Sku = (typeof SKUS)[number];

/**
 * Lowest SKU that has each option. `terraform validate` sees none of these rules, and some fail only at apply.
 * https://learn.microsoft.com/azure/container-registry/container-registry-skus
 */
const LOWEST_SKU = [
  { option: "anonymousPull", harmless: false, sku: "Standard" },
  { option: "publicAccess", harmless: true, sku: "Premium" },
  { option: "retentionDays", harmless: undefined, sku: "Premium" },
  { option: "zoneRedundancy", harmless: false, sku: "Premium" },
  { option: "georeplications", harmless: undefined, sku: "Premium" },
] as const;

/** What describes a registry that is made here, and says nothing about one that is adopted. */
const ONLY_WHEN_CREATED = [
  "location",
  "sku",
  "adminUser",
  "anonymousPull",
  "publicAccess",
  "retentionDays",
  "zoneRedundancy",
  "georeplications",
  "deleteProtection",
  "tags",
] as const;

const resourceGroup = z.union([
  resourceGroupName,
  z.strictObject({
    name: resourceGroupName,
    existing: z.boolean().default(false).describe("Adopt the resource group instead of creating it."),
  }),
]);

const georeplication = z.strictObject({
  location,
  zoneRedundancy: z.boolean().default(false),
  regionalEndpoint: z.boolean().default(false).describe("Give the replica an endpoint of its own."),
});

export const registrySchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9]{5,50}$/, "must be 5-50 lowercase letters or digits")
      .describe("Name of the registry, unique in all of Azure. Changing it replaces the registry."),
    resourceGroup: resourceGroup.describe("Resource group of the registry: a name, or { name, existing }."),
    existing: z.boolean().default(false).describe("Adopt the registry instead of creating it."),
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
    retentionDays: wholeNumber(1, 365).optional().describe("Days until an untagged manifest is purged. Premium."),
    zoneRedundancy: z.boolean().optional().describe("Premium. Changing it replaces the registry. Default: false."),
    georeplications: z.array(georeplication).min(1, "must list at least one location").optional().describe("Premium."),
    deleteProtection: z
      .boolean()
      .optional()
      .describe("Make Terraform refuse every plan that would destroy the registry or its group. Default: false."),
    repositoryPermissions: z
      .boolean()
      .default(false)
      .describe(
        "The adopted registry is in the mode 'RBAC Registry + ABAC Repository Permissions', which ignores AcrPull: " +
          "clusters get Container Registry Repository Reader on exactly the repositories that they run.",
      ),
    tags: tags.optional().describe("Tags of the registry and its group, over the environment's tags."),
  })
  .superRefine((registry, context) => {
    const report = (path: (string | number)[], message: string) => {
      context.addIssue({ code: "custom", path, message });
    };
    if (registry.existing) {
      for (const option of ONLY_WHEN_CREATED) {
        if (registry[option] !== undefined)
          report([option], "must be left out: the registry is adopted (existing: true)");
      }
      return;
    }
    for (const option of ["location", "sku"] as const) {
      if (registry[option] === undefined) report([option], "is required to create a registry");
    }
    if (registry.repositoryPermissions) {
      report(
        ["repositoryPermissions"],
        "must be false: this version of the provider creates no registry in that mode, adopt one with existing: true",
      );
    }
    for (const { option, harmless, sku } of LOWEST_SKU) {
      const value = registry[option];
      if (value === undefined || value === harmless || registry.sku === undefined) continue;
      if (SKUS.indexOf(registry.sku) < SKUS.indexOf(sku)) {
        report([option], `needs sku ${sku}${sku === "Premium" ? "" : " or Premium"}, and sku is ${registry.sku}`);
      }
    }
    registry.georeplications?.forEach((replica, index, all) => {
      const path = ["georeplications", index, "location"];
      if (replica.location === registry.location) report(path, "must differ from registry.location");
      if (all.findIndex(({ location }) => location === replica.location) < index) report(path, "is listed twice");
    });
  });
