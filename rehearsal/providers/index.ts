import type { Clouds } from "../clouds";
import type { ProviderModel } from "../sdk/model";
import { azuread } from "./azuread";
import { azurerm } from "./azurerm";
import { docker } from "./docker";
import { kubernetes } from "./kubernetes";

export type ProviderName = "azurerm" | "azuread" | "kubernetes" | "docker";

/**
 * The providers, acting on these clouds. Each remembers its last configuration, as a provider's process does: one provider
 * block at a time.
 *
 * @param environment Variables that a provider's process would see. @default process.env
 */
export function createProviders(
  clouds: Clouds,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Record<ProviderName, ProviderModel> {
  return {
    azurerm: azurerm(clouds, environment),
    azuread: azuread(clouds.entra),
    kubernetes: kubernetes(clouds),
    docker: docker(clouds),
  };
}
