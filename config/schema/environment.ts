import * as z from "zod";
import { backendSchema } from "./backend";
import { clustersSchema } from "./clusters";
import { defaultsSchema } from "./defaults";
import { imagesSchema } from "./images";
import { providersSchema } from "./providers";
import { registrySchema } from "./registry";
import { dnsLabel, tags, uuid } from "./common";
import { manifestsMapSchema } from "./manifests";
import { namespaceSchema } from "./namespaces";
import { workloadsSchema } from "./workloads";

const azureSchema = z.strictObject({
  tenantId: uuid.optional().describe("Entra ID tenant. Default: ARM_TENANT_ID, or the tenant of the Azure CLI."),
  subscriptionId: uuid.optional().describe("Subscription of the registry. Default: ARM_SUBSCRIPTION_ID."),
  cloud: z
    .enum(["public", "usgovernment", "china"])
    .default("public")
    .describe("Azure cloud of the registry, of Entra ID and of AKS clusters."),
  cli: z
    .boolean()
    .default(true)
    .describe("Accept the Azure CLI's login where the environment has no other credentials."),
});

/** The one source of truth for environment files: validation, types and the JSON Schema for editors derive from it. */
export const environmentSchema = z.strictObject({
  azure: azureSchema.prefault({}).describe("Where in Azure, and how Terraform logs in."),
  providers: providersSchema
    .prefault({})
    .describe(
      "Versions of Terraform's providers, such as ~> 4.55. Default: the bindings' or newer, of the same major.",
    ),
  backend: backendSchema.default({ local: {} }).describe("Where each stack keeps its Terraform state."),
  tags: tags.prefault({}).describe("Tags of all Azure resources."),
  registry: registrySchema.describe("The container registry."),
  images: imagesSchema.default({}).describe("The images in the registry, by key."),
  clusters: clustersSchema.describe("The clusters that pull from the registry, by key."),
  namespaces: z
    .record(dnsLabel, namespaceSchema)
    .default({})
    .describe(
      "Namespaces that get the pull secret for what others deploy there, and those of workloads that need settings. " +
        "Others are created, except default and kube-*, which exist.",
    ),
  workloads: workloadsSchema
    .default({})
    .describe("What runs, by key. A key is the name of the Deployment and of the Service."),
  manifests: manifestsMapSchema
    .default({})
    .describe(
      "What runs as kubectl would apply it, by key: any object of Kubernetes, with your images and the pull secret put in.",
    ),
});

/** The whole file: an environment, and what its entries share. */
export const fileSchema = environmentSchema.extend({
  extends: z
    .string()
    .optional()
    .describe(
      "Another file, relative to this one, whose settings this one changes; it may extend one as well, and is no environment " +
        "itself. Mappings are merged; lists and other values replace; null removes.",
    ),
  defaults: defaultsSchema
    .optional()
    .describe(
      "What entries need not repeat. Mappings are merged; other values of an entry replace, and null removes. An entry " +
        "that names one of several alternatives, such as aks, takes nothing from the others.",
    ),
});

/** An environment as its file says it: names may be silent, labels select clusters, and alternatives stand side by side. */
export type Written = Readonly<z.output<typeof environmentSchema>>;
export type WrittenRegistry = Written["registry"];
export type WrittenImage = Written["images"][string];
export type WrittenCluster = Written["clusters"][string];
export type WrittenPull = WrittenCluster["pull"];
export type WrittenNamespace = Written["namespaces"][string];
export type WrittenPullSecret = NonNullable<WrittenNamespace["pullSecret"]>;
export type WrittenManifests = Written["manifests"][string];
export type WrittenWorkload = Written["workloads"][string];
