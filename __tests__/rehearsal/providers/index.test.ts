import { setUp } from "./harness";

test("every type of the stacks has a model", () => {
  const { providers } = setUp();
  const types = Object.values(providers).flatMap(({ resources = {}, dataSources = {}, ephemeralResources = {} }) => [
    ...Object.keys(resources),
    ...Object.keys(dataSources).map((type) => `data ${type}`),
    ...Object.keys(ephemeralResources).map((type) => `ephemeral ${type}`),
  ]);
  expect(types.sort()).toEqual([
    "azuread_application",
    "azuread_application_password",
    "azuread_service_principal",
    "azurerm_container_registry",
    "azurerm_container_registry_scope_map",
    "azurerm_container_registry_task",
    "azurerm_container_registry_task_schedule_run_now",
    "azurerm_container_registry_token",
    "azurerm_container_registry_token_password",
    "azurerm_key_vault",
    "azurerm_key_vault_secret",
    "azurerm_resource_group",
    "azurerm_role_assignment",
    "data azuread_client_config",
    "data azurerm_client_config",
    "data azurerm_container_registry",
    "data azurerm_key_vault",
    "data azurerm_kubernetes_cluster",
    "data azurerm_resource_group",
    "data kubernetes_resource",
    "docker_image",
    "docker_registry_image",
    "ephemeral azurerm_key_vault_secret",
    "kubernetes_deployment_v1",
    "kubernetes_namespace_v1",
    "kubernetes_pod_disruption_budget_v1",
    "kubernetes_secret_v1",
    "kubernetes_service_v1",
  ]);
});
