import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import type { Construct } from "constructs";
import type { AzureConfig } from "../config";

/** What the two Azure providers, and kubelogin, call each cloud. */
const CLOUDS = {
  public: { azurerm: "public", azuread: "global", kubelogin: "AzurePublicCloud" },
  usgovernment: { azurerm: "usgovernment", azuread: "usgovernment", kubelogin: "AzureUSGovernmentCloud" },
  china: { azurerm: "china", azuread: "china", kubelogin: "AzureChinaCloud" },
} as const;

/** @returns kubelogin's name of the cloud. */
export function kubeloginEnvironment({ cloud }: AzureConfig): string {
  return CLOUDS[cloud].kubelogin;
}

/**
 * The stack's azurerm provider; with `alias` a second one.
 * @param subscriptionId Of what it manages. @default - the environment's, else ARM_SUBSCRIPTION_ID at run time
 */
export function addAzurermProvider(
  scope: Construct,
  { tenantId, subscriptionId: own, cloud, cli }: AzureConfig,
  { subscriptionId = own, alias }: { readonly subscriptionId?: string; readonly alias?: string } = {},
): AzurermProvider {
  return new AzurermProvider(scope, alias === undefined ? "azurerm" : `azurerm-${alias}`, {
    alias,
    environment: CLOUDS[cloud].azurerm,
    tenantId,
    subscriptionId,
    // In the block, because ARM_USE_CLI is overridden by the provider's default.
    useCli: cli,
    // The default registers resource providers during plan, which needs rights on the whole subscription.
    resourceProviderRegistrations: "none",
    features: [{}],
  });
}

export function addAzureadProvider(scope: Construct, { tenantId, cloud, cli }: AzureConfig): AzureadProvider {
  return new AzureadProvider(scope, "azuread", { environment: CLOUDS[cloud].azuread, tenantId, useCli: cli });
}
