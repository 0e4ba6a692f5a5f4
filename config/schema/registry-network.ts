import * as z from "zod";
import { DNS_ZONE_ID, PRIVATE_ENDPOINT_NAME, SUBNET_ID } from "../rules/azure-formats";
import { closed, key, location, resourceGroupName } from "./common";

/** https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks */
const MOST_RULES = 100;

/** Addresses of IPv4 that Azure routes: a single one is /32. */
export const publicRange = z.cidrv4("must be an IPv4 range in CIDR notation such as 203.0.113.0/24");

/** Who reaches a registry that is made here. */
export const networkSchema = z.strictObject({
  allow: z
    .array(publicRange)
    .min(1, "must list at least one range: publicAccess: false lets nobody in")
    .max(MOST_RULES, `must list at most ${MOST_RULES} ranges`)
    .optional()
    .describe("Public addresses that alone are let in, those of pipelines too. Premium. Default: everyone."),
  trustedServices: z
    .boolean()
    .optional()
    .describe("Let trusted services of Azure in all the same, such as Defender. False needs Premium. Default: true."),
  dataEndpoints: z
    .boolean()
    .optional()
    .describe(
      "Serve layers from <name>.<region>.data.azurecr.io instead of any storage account: fewer hosts for firewalls. Premium. Default: false.",
    ),
});

const privateEndpoint = z.strictObject({
  name: closed(PRIVATE_ENDPOINT_NAME).describe("Name of the private endpoint. Changing it replaces it."),
  subnetId: closed(SUBNET_ID).describe("Resource id of the subnet that it gets its addresses from."),
  dnsZoneIds: z
    .array(closed(DNS_ZONE_ID))
    .default([])
    .describe(
      "Resource ids of the private DNS zones, privatelink.azurecr.io as a rule, that get its names. Default: somebody else keeps them.",
    ),
  resourceGroup: resourceGroupName.optional().describe("Its resource group, which exists. Default: the registry's."),
  location: location.optional().describe("Location of the subnet. Default: the registry's."),
});

export const privateEndpointsSchema = z.record(key, privateEndpoint);
