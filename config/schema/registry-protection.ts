import * as z from "zod";
import { IDENTITY_NAME, KEY_ID } from "../rules/azure-formats";
import { closed, resourceGroupName } from "./common";

/** Azure takes it on creation only. */
export const customerManagedKeySchema = z.strictObject({
  keyId: closed(KEY_ID).describe("Id of the key: without a version it follows the key's rotation."),
  identity: z
    .strictObject({
      name: closed(IDENTITY_NAME).describe("Name of the identity."),
      resourceGroup: resourceGroupName.describe("Its resource group."),
    })
    .describe("User-assigned identity that exists, and may get, wrap and unwrap the key."),
});
