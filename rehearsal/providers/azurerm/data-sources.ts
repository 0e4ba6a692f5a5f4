import { clusterId, covers, groupId, identityId, registryId, vaultId } from "../../clouds/arm-ids";
import type { Registry } from "../../clouds/registry-object";
import { roleDefinitionId } from "../../clouds/roles";
import type { Attributes, ReadModel } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { optionalText, text } from "../values";
import { accessOf } from "./container-registry";
import { assertTenant, type AzurermContext } from "./context";

export function dataSources(context: AzurermContext): Readonly<Record<string, ReadModel>> {
  const { arm } = context;
  return {
    azurerm_client_config: {
      read: () => ({
        id: `clientConfigs/clientId=${arm.entra.caller.clientId}`,
        client_id: arm.entra.caller.clientId,
        object_id: arm.entra.caller.objectId,
        tenant_id: context.tenantId,
        subscription_id: context.subscriptionId,
      }),
    },
    azurerm_resource_group: {
      read: (config) => {
        const id = groupId(context.subscriptionId, text(config, "name"));
        const group = found("Resource Group", id, arm.groups.get(id));
        return { id: group.id, location: group.location, tags: group.tags };
      },
    },
    azurerm_container_registry: {
      read: (config) => {
        const id = registryId(context.subscriptionId, ...place(config));
        const registry = found("Container Registry", id, arm.registries.get(id));
        const { location, sku, tags } = registry;
        return { id: registry.id, location, sku, tags, ...accessOf(registry) };
      },
    },
    azurerm_user_assigned_identity: {
      read: (config) => {
        const id = identityId(context.subscriptionId, ...place(config));
        const { principal } = found("User Assigned Identity", id, arm.others.get(id));
        if (!principal) throw new CloudError(`User Assigned Identity "${id}" has no principal`);
        return { id, principal_id: principal.objectId, client_id: principal.clientId, tenant_id: arm.entra.tenantId };
      },
    },
    azurerm_key_vault: {
      read: (config) => {
        const id = vaultId(context.subscriptionId, ...place(config));
        const vault = found("Key Vault", id, arm.vaults.get(id));
        return { id: vault.id, location: vault.location, tenant_id: vault.tenantId, vault_uri: vault.uri };
      },
    },
    azurerm_resources: {
      read: (config) => {
        const [name, type] = [optionalText(config, "name"), optionalText(config, "type")];
        const listed = [...named(arm.registries, REGISTRIES), ...named(arm.vaults, VAULTS)].filter(
          (one) =>
            (name === undefined || one.name.toLowerCase() === name.toLowerCase()) &&
            (type === undefined || one.type.toLowerCase() === type.toLowerCase()),
        );
        return { id: "resource-list", resources: listed };
      },
    },
    azurerm_role_assignments: {
      read: (config) => {
        const scope = text(config, "scope");
        const principal = optionalText(config, "principal_id");
        const reaching = arm.roles
          .all()
          .filter((one) => covers(one.scope, scope) && (principal === undefined || one.principalId === principal));
        return {
          id: scope,
          role_assignments: reaching.map((one) => ({
            role_assignment_id: one.id,
            role_assignment_name: one.name,
            role_assignment_scope: one.scope,
            role_definition_id: roleDefinitionId(context.subscriptionId, one.roleName),
            principal_id: one.principalId,
            principal_type: one.principalType,
            condition: one.condition ?? "",
          })),
        };
      },
    },
    azurerm_role_definition: {
      read: (config) => {
        const id = roleDefinitionId(context.subscriptionId, text(config, "name"));
        return { id, role_definition_id: id.split("/").at(-1) ?? "", type: "BuiltInRole" };
      },
    },
    azurerm_container_registry_scope_map: {
      read: (config) => {
        const registry = registryOf(context, config);
        const actions = found("Scope Map", text(config, "name"), registry.scopeMaps.get(text(config, "name")));
        return { id: `${registry.id}/scopeMaps/${text(config, "name")}`, actions: [...actions] };
      },
    },
    azurerm_container_registry_token: {
      read: (config) => {
        const registry = registryOf(context, config);
        const token = found("Token", text(config, "name"), registry.tokens.get(text(config, "name")));
        return { id: `${registry.id}/tokens/${token.name}`, scope_map_id: token.scopeMapId, enabled: token.enabled };
      },
    },
    azurerm_key_vault_secret: {
      read: (config) => {
        const vault = found("Key Vault", text(config, "key_vault_id"), arm.vaults.get(text(config, "key_vault_id")));
        const name = text(config, "name");
        const { value, version } = found("Secret", name, vault.secret(name));
        return { id: vault.secretUrl(name, version), value, version, versionless_id: vault.secretUrl(name) };
      },
    },
    azurerm_kubernetes_cluster: {
      read: (config) => {
        const id = clusterId(context.subscriptionId, ...place(config));
        const cluster = found("Kubernetes Cluster", id, arm.clusters.get(id));
        assertTenant(context, cluster);
        const { clientId, objectId } = cluster.kubelet;
        return {
          id: cluster.id,
          location: cluster.location,
          fqdn: new URL(cluster.host).hostname,
          oidc_issuer_enabled: cluster.issuer !== undefined,
          oidc_issuer_url: cluster.issuer ?? "",
          // As of a cluster without local accounts: no key, no password.
          kube_config: [
            {
              host: cluster.host,
              cluster_ca_certificate: cluster.caCertificate,
              client_certificate: "",
              client_key: "",
              username: "",
              password: "",
            },
          ],
          kubelet_identity: [
            { client_id: clientId, object_id: objectId, user_assigned_identity_id: `${cluster.id}-agentpool` },
          ],
        };
      },
    },
  };
}

function place(config: Attributes): [group: string, name: string] {
  return [text(config, "resource_group_name"), text(config, "name")];
}

function found<T>(kind: string, id: string, object: T | undefined): T {
  if (object === undefined) throw new CloudError(`${kind} "${id}" was not found`);
  return object;
}

const REGISTRIES = "Microsoft.ContainerRegistry/registries";
const VAULTS = "Microsoft.KeyVault/vaults";

/** Objects as the list of all resources has them. */
function named(
  objects: { values(): readonly { readonly id: string; readonly name: string; readonly location: string }[] },
  type: string,
): { id: string; name: string; type: string; location: string; resource_group_name: string }[] {
  return objects.values().map(({ id, name, location }) => {
    return { id, name, type, location, resource_group_name: id.split("/")[4] ?? "" };
  });
}

function registryOf({ arm, subscriptionId }: AzurermContext, config: Attributes): Registry {
  const id = registryId(subscriptionId, text(config, "resource_group_name"), text(config, "container_registry_name"));
  return found("Container Registry", id, arm.registries.get(id));
}
