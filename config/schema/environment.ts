import { z } from "zod";
import { backendSchema } from "./backend";
import { clustersSchema } from "./clusters";
import { defaultsSchema } from "./defaults";
import { imagesSchema } from "./images";
import { providersSchema } from "./providers";
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
  providers: providersSchema
    .prefault({})
    .describe(
      "Versions of Terraform's providers, such as ~> 4.55. Default: the bindings' or newer, of the same major.",
    ),
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

/** The whole file: an environment, and what its entries share. */
export const fileSchema = environmentSchema.extend({
  defaults: defaultsSchema
    .optional()
    .describe(
      "What entries need not repeat. Mappings are merged; other values of an entry replace, and null removes. An entry " +
        "that names one of several alternatives, such as aks, takes nothing from the others.",
    ),
});

type Parsed = z.output<typeof environmentSchema>;

/** An environment as its file says it: names may be silent, and labels select clusters. */
export type WrittenEnvironment = Readonly<Parsed>;
export type WrittenCluster = Parsed["clusters"][string];
export type WrittenWorkload = Parsed["workloads"][string];

/** One environment, checked and with all defaults filled in. */
export type Environment = Readonly<Omit<Parsed, "clusters" | "workloads">> & {
  /** The file's name without its ending: the first part of every stack's name. */
  readonly name: string;
  readonly clusters: Record<string, ClusterConfig>;
  readonly workloads: Record<string, WorkloadConfig>;
};

export type RegistryConfig = Parsed["registry"];
export type ImageConfig = Parsed["images"][string];
export type DockerBuildConfig = NonNullable<NonNullable<ImageConfig["build"]>["docker"]>;
export type AcrTaskBuildConfig = NonNullable<NonNullable<ImageConfig["build"]>["acrTask"]>;
export type ClusterConfig = Omit<WrittenCluster, "kubeconfig" | "pull"> & {
  kubeconfig?: With<"context", WrittenCluster["kubeconfig"]>;
  pull: Omit<WrittenCluster["pull"], "servicePrincipal" | "registryToken"> & {
    servicePrincipal?: With<"name", WrittenCluster["pull"]["servicePrincipal"]>;
    registryToken?: With<"name", WrittenCluster["pull"]["registryToken"]>;
  };
};
export type ServicePrincipalConfig = NonNullable<ClusterConfig["pull"]["servicePrincipal"]>;
export type RotationConfig = ServicePrincipalConfig["rotation"];
export type KeyVaultConfig = NonNullable<ClusterConfig["pull"]["keyVault"]>;
export type NamespaceConfig = Parsed["namespaces"][string];
export type WorkloadConfig = Omit<WrittenWorkload, "clusters"> & {
  /** Keys of the clusters that run it. */
  clusters: string[];
};
export type BackendConfig = Parsed["backend"];
export type AzureConfig = Parsed["azure"];
export type ProvidersConfig = Parsed["providers"];

/** What the file may leave out is there. */
type With<Key extends string, Optional> = NonNullable<Optional> & Record<Key, string>;
