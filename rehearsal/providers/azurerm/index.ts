import type { Clouds } from "../../clouds";
import type { Attributes, ProviderModel } from "../../sdk/model";
import { CloudError, UNKNOWN } from "../../sdk/model";
import { block, blocks, flag, optionalText } from "../values";
import { cacheRule } from "./cache-rule";
import { containerRegistry } from "./container-registry";
import type { AzurermContext } from "./context";
import { credentialSet } from "./credential-set";
import { dataSources } from "./data-sources";
import { diagnosticSetting } from "./diagnostic-setting";
import { keyVault } from "./key-vault";
import { keyVaultSecret, openKeyVaultSecret } from "./key-vault-secret";
import { managementLock } from "./management-lock";
import { privateEndpoint } from "./private-endpoint";
import { webhook } from "./registry-attachments";
import { registryTask, registryTaskRun } from "./registry-task";
import { registryToken, scopeMap, tokenPassword } from "./registry-token";
import { resourceGroup } from "./resource-group";
import { roleAssignment } from "./role-assignment";

export function azurerm(clouds: Clouds, environment: Readonly<Record<string, string | undefined>>): ProviderModel {
  const { tenantId } = clouds.entra;
  const context: AzurermContext = { arm: clouds.arm, tenantId, subscriptionId: "", deletesGroupsWithContent: false };
  return {
    configure: (config) => {
      configure(context, config, environment.ARM_SUBSCRIPTION_ID);
    },
    resources: {
      azurerm_resource_group: resourceGroup(context),
      azurerm_container_registry: containerRegistry(context),
      azurerm_container_registry_scope_map: scopeMap(context),
      azurerm_container_registry_token: registryToken(context),
      azurerm_container_registry_token_password: tokenPassword(context),
      azurerm_container_registry_task: registryTask(context),
      azurerm_container_registry_task_schedule_run_now: registryTaskRun(context, clouds.registries),
      azurerm_container_registry_cache_rule: cacheRule(context),
      azurerm_container_registry_credential_set: credentialSet(context),
      azurerm_container_registry_webhook: webhook(context),
      azurerm_monitor_diagnostic_setting: diagnosticSetting(context),
      azurerm_private_endpoint: privateEndpoint(context),
      azurerm_management_lock: managementLock(context),
      azurerm_role_assignment: roleAssignment(context),
      azurerm_key_vault: keyVault(context),
      azurerm_key_vault_secret: keyVaultSecret(context),
    },
    dataSources: dataSources(context),
    ephemeralResources: { azurerm_key_vault_secret: openKeyVaultSecret(context) },
  };
}

function configure(context: AzurermContext, config: Attributes, fromEnvironment: string | undefined): void {
  if (config.features !== UNKNOWN && blocks(config, "features").length === 0) {
    throw new CloudError('Insufficient features blocks: At least 1 "features" blocks are required.');
  }
  const features = block(block(config, "features"), "resource_group");
  context.deletesGroupsWithContent = !flag(features, "prevent_deletion_if_contains_resources", true);
  if (config.subscription_id === UNKNOWN) return;
  context.tenantId = optionalText(config, "tenant_id") ?? context.arm.entra.tenantId;
  const subscriptionId = optionalText(config, "subscription_id") ?? fromEnvironment;
  if (!subscriptionId) {
    throw new CloudError(
      "`subscription_id` is a required provider property when performing a plan/apply operation: set it in the provider block or as ARM_SUBSCRIPTION_ID",
    );
  }
  context.subscriptionId = subscriptionId;
}
