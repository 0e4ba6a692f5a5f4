/**
 * What the bindings do not say about the attributes that this project meets, from the schemas of the pinned providers.
 * A path starts with the type, `data.<type>` or `provider.<name>`; list indexes are left out.
 */

/** Values that Terraform must not print. */
export const SENSITIVE: ReadonlySet<string> = new Set([
  "azuread_application.password.value",
  "azuread_application_password.value",
  "azuread_service_principal_password.value",
  "azurerm_container_registry.admin_password",
  "azurerm_container_registry_task.docker_step.context_access_token",
  "azurerm_container_registry_task.docker_step.secret_arguments",
  "azurerm_container_registry_task.registry_credential.custom.password",
  "azurerm_container_registry_task.registry_credential.custom.username",
  "azurerm_container_registry_token_password.password1.value",
  "azurerm_container_registry_token_password.password2.value",
  "azurerm_key_vault_secret.value",
  "azurerm_kubernetes_cluster.kube_admin_config",
  "azurerm_kubernetes_cluster.kube_admin_config_raw",
  "azurerm_kubernetes_cluster.kube_config",
  "azurerm_kubernetes_cluster.kube_config_raw",
  "data.azurerm_container_registry.admin_password",
  "data.azurerm_key_vault_secret.value",
  "data.azurerm_kubernetes_cluster.kube_admin_config",
  "data.azurerm_kubernetes_cluster.kube_admin_config_raw",
  "data.azurerm_kubernetes_cluster.kube_config",
  "data.azurerm_kubernetes_cluster.kube_config_raw",
  "data.kubernetes_secret_v1.binary_data",
  "data.kubernetes_secret_v1.data",
  "docker_registry_image.auth_config.password",
  "kubernetes_secret_v1.binary_data",
  "kubernetes_secret_v1.data",
  "provider.docker.registry_auth.password",
]);

/** Values that reach the provider in the configuration only: no plan and no state holds them. */
export const WRITE_ONLY: ReadonlySet<string> = new Set([
  "azurerm_key_vault_secret.value_wo",
  "kubernetes_secret_v1.binary_data_wo",
  "kubernetes_secret_v1.data_wo",
]);

/** Blocks that may occur once. Elsewhere a binding shows this by its `…OutputReference`; a provider block has none. */
export const AT_MOST_ONE: ReadonlySet<string> = new Set(["provider.azurerm.features", "provider.kubernetes.exec"]);

/** Blocks that the provider fills in, and keeps when the configuration no longer has them. Terraform cannot tell. */
export const COMPUTED_BLOCKS: ReadonlySet<string> = new Set([
  "azurerm_kubernetes_cluster.kubelet_identity",
  "kubernetes_deployment_v1.spec.template.spec.image_pull_secrets",
  "kubernetes_deployment_v1.spec.template.spec.readiness_gate",
]);
