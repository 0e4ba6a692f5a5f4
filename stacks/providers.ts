import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { DockerProvider, type DockerProviderConfig } from "@cdktf/provider-docker/lib/provider";
import { KubernetesProvider, type KubernetesProviderConfig } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformStack, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { Azure, Environment } from "../config";

/** What providers need to know of an environment. */
export type ProviderSettings = Pick<Environment, "azure" | "providers">;

/** What the two Azure providers, and kubelogin, call each cloud. */
const CLOUDS = {
  public: { azurerm: "public", azuread: "global", kubelogin: "AzurePublicCloud" },
  usgovernment: { azurerm: "usgovernment", azuread: "usgovernment", kubelogin: "AzureUSGovernmentCloud" },
  china: { azurerm: "china", azuread: "china", kubelogin: "AzureChinaCloud" },
} as const;

/** @returns kubelogin's name of the cloud. */
export function kubeloginEnvironment({ cloud }: Azure): string {
  return CLOUDS[cloud].kubelogin;
}

export interface AzurermProviderOptions {
  /** Of the login. @default - the environment's, else ARM_TENANT_ID or the CLI's at run time */
  readonly tenantId?: string | undefined;
  /** Of what it manages. @default - the environment's, else ARM_SUBSCRIPTION_ID at run time */
  readonly subscriptionId?: string | undefined;
  /** Name of a second one in the same stack. @default - the stack's own */
  readonly alias?: string | undefined;
}

/** The stack's azurerm provider; with `alias` a second one. */
export function addAzurermProvider(
  scope: Construct,
  { azure, providers }: ProviderSettings,
  { tenantId = azure.tenantId, subscriptionId = azure.subscriptionId, alias }: AzurermProviderOptions = {},
): AzurermProvider {
  const provider = new AzurermProvider(scope, alias === undefined ? "azurerm" : `azurerm-${alias}`, {
    alias,
    environment: CLOUDS[azure.cloud].azurerm,
    tenantId,
    subscriptionId,
    // In the block, because ARM_USE_CLI is overridden by the provider's default.
    useCli: azure.cli,
    // The default registers resource providers during plan, which needs rights on the whole subscription.
    resourceProviderRegistrations: "none",
    features: [{}],
  });
  return acceptVersions(provider, providers.azurerm);
}

export function addAzureadProvider(scope: Construct, { azure, providers }: ProviderSettings): AzureadProvider {
  const { tenantId, cloud, cli } = azure;
  const provider = new AzureadProvider(scope, "azuread", {
    environment: CLOUDS[cloud].azuread,
    tenantId,
    useCli: cli,
  });
  return acceptVersions(provider, providers.azuread);
}

/** Expression that every key matches. */
const ANY = ".*";

/** The stack's kubernetes provider. Labels and annotations that others put on an object are theirs: it leaves them alone. */
export function addKubernetesProvider(
  scope: Construct,
  { providers }: ProviderSettings,
  config: KubernetesProviderConfig,
): KubernetesProvider {
  const foreign = { ignoreAnnotations: [ANY], ignoreLabels: [ANY] };
  return acceptVersions(new KubernetesProvider(scope, "kubernetes", { ...config, ...foreign }), providers.kubernetes);
}

export function addDockerProvider(
  scope: Construct,
  { providers }: ProviderSettings,
  config: DockerProviderConfig,
): DockerProvider {
  return acceptVersions(new DockerProvider(scope, "docker", config), providers.docker);
}

/**
 * Sets which versions of a provider its stack accepts: with the bindings' own alone, not even a security fix could be had.
 * @param constraint @default - the bindings' version or newer, below the next major
 */
export function acceptVersions<Provider extends TerraformProvider>(
  provider: Provider,
  constraint = fromBindings(provider),
): Provider {
  const name = provider.terraformResourceType;
  TerraformStack.of(provider).addOverride(`terraform.required_providers.${name}.version`, constraint);
  return provider;
}

function fromBindings({ terraformGeneratorMetadata, terraformResourceType }: TerraformProvider): string {
  const version = terraformGeneratorMetadata?.providerVersion;
  if (version === undefined) throw new Error(`the bindings of ${terraformResourceType} do not say their version`);
  return `>= ${version}, < ${parseInt(version) + 1}.0.0`;
}
