import * as z from "zod";
import { TOKEN_NAME, VAULT_NAME } from "../rules/formats";
import { closed, key, resourceGroupName } from "./common";
import { repository } from "./images";
import { rotation } from "./pull";

/** What a token may do to a repository, in the words of scope maps: https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions */
export const TOKEN_ACTIONS = {
  pull: ["content/read", "metadata/read"],
  push: ["content/read", "content/write", "metadata/read", "metadata/write"],
  delete: ["content/delete"],
} as const;

const token = z.strictObject({
  name: closed(TOKEN_NAME).describe(
    "Name of the scope map; the tokens are <name>-0 and so on. Changing it replaces them.",
  ),
  repositories: z
    .array(repository)
    .min(1, "must list at least one repository")
    .describe("Repositories that it is for, and no others."),
  actions: z
    .array(z.enum(["pull", "push", "delete"]))
    .min(1, "must list at least one action")
    .default(["pull"])
    .describe("What it may do: pull; push, which pulls as well; delete."),
  rotation: rotation.prefault({}).describe("How passwords take turns: see docs/runbook.md."),
  vault: z
    .strictObject({
      name: closed(VAULT_NAME).describe("Name of the key vault."),
      resourceGroup: resourceGroupName.describe("Its resource group."),
    })
    .describe(
      "Key vault that exists, and gets the active password as the secret <environment>-token-<key>, and the user name that goes with it as that with -username. Terraform 1.11 or later.",
    ),
});

/** People and systems outside the clusters. */
export const tokensSchema = z.record(key, token);
