import { z } from "zod";
import { backendSchema } from "./backend";
import { clustersSchema } from "./clusters";
import { imagesSchema } from "./images";
import { registrySchema } from "./registry";
import { dnsLabel, oneOf, tags, uuid } from "./common";
import { namespaceSchema, workloadsSchema } from "./workloads";

const azureSchema = z.strictObject({
  tenantId: uuid.optional().describe("Entra ID tenant. Default: ARM_TENANT_ID, or the tenant of the Azure CLI."),
  subscriptionId: uuid.optional().describe("Subscription of the registry. Default: ARM_SUBSCRIPTION_ID."),
  cloud: z.enum(["public", "usgovernment", "china"]).default("public"),
  cli: z
    .boolean()
    .default(true)
    .describe("Accept the Azure CLI's login where the environment has no other credentials."),
});

/** The one source of truth for environment files: validation, types and the JSON Schema for editors derive from it. */
export const environmentSchema = z.strictObject({
  azure: azureSchema.prefault({}),
  backend: oneOf(backendSchema.shape).default({ local: {} }).describe("Where each stack keeps its Terraform state."),
  tags: tags.default({}).describe("Tags of all Azure resources."),
  registry: registrySchema.describe("The container registry."),
  images: imagesSchema.describe("The images in the registry, by key."),
  clusters: clustersSchema.describe("The clusters that pull from the registry, by key."),
  namespaces: z
    .record(dnsLabel, namespaceSchema)
    .default({})
    .describe(
      "Namespaces of workloads that need settings. Others are created, except default and kube-*, which exist.",
    ),
  workloads: workloadsSchema.describe("What runs, by key. A key is the name of the Deployment and of the Service."),
});

type Parsed = z.output<typeof environmentSchema>;

/** One environment, checked and with all defaults filled in. */
export type Environment = Readonly<Parsed> & {
  /** The file's name without its ending: the first part of every stack's name. */
  readonly name: string;
};

export type RegistryConfig = Parsed["registry"];
export type ImageConfig = Parsed["images"][string];
export type DockerBuildConfig = NonNullable<NonNullable<ImageConfig["build"]>["docker"]>;
export type AcrTaskBuildConfig = NonNullable<NonNullable<ImageConfig["build"]>["acrTask"]>;
export type ClusterConfig = Parsed["clusters"][string];
export type ServicePrincipalConfig = NonNullable<ClusterConfig["pull"]["servicePrincipal"]>;
export type RotationConfig = ServicePrincipalConfig["rotation"];
export type KeyVaultConfig = NonNullable<ClusterConfig["pull"]["keyVault"]>;
export type NamespaceConfig = Parsed["namespaces"][string];
export type WorkloadConfig = Parsed["workloads"][string];
export type BackendConfig = Parsed["backend"];
export type AzureConfig = Parsed["azure"];
