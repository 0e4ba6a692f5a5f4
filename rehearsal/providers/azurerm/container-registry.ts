import { registryId } from "../../clouds/arm-ids";
import { dataHosts, type Registry, type RegistryRequest } from "../../clouds/registry-object";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { alreadyExists, blocks, count, flag, importBy, optionalText, text, textMap } from "../values";
import type { AzurermContext } from "./context";

const ONLY_PREMIUM = "can only be applied when using the Premium Sku";

export function containerRegistry(context: AzurermContext): ResourceModel {
  const { arm } = context;
  const read = (state: Attributes): Attributes | undefined => {
    const registry = arm.registries.get(text(state, "id"));
    return (
      registry && {
        name: registry.name,
        resource_group_name: registry.resourceGroup,
        location: registry.location,
        sku: registry.sku,
        anonymous_pull_enabled: registry.anonymousPullEnabled,
        tags: registry.tags,
        ...accessOf(registry),
      }
    );
  };
  return {
    checkPlan: assertPlan,
    read,
    importState: importBy(read),
    create: (planned) => {
      const request = requestOf(context, planned);
      const id = registryId(request.subscriptionId, request.resourceGroup, request.name);
      if (arm.registries.get(id)) throw alreadyExists("azurerm_container_registry", id);
      const registry = arm.createRegistry(request);
      return {
        id,
        ...accessOf(registry),
      };
    },
    update: (prior, planned) => {
      const registry = arm.registries.get(text(prior, "id"));
      if (!registry) throw new CloudError(`retrieving ${text(prior, "id")}: unexpected status 404 (404 Not Found)`);
      arm.updateRegistry(registry, requestOf(context, planned));
      return accessOf(registry);
    },
    delete: (state) => {
      arm.deleteResource(text(state, "id"));
    },
  };
}

/** How to reach a registry, as the resource and its data source have it. */
export function accessOf(registry: Registry): Attributes {
  return {
    login_server: registry.loginServer,
    admin_enabled: registry.adminEnabled,
    admin_username: registry.adminEnabled ? registry.name : "",
    admin_password: registry.adminEnabled ? registry.adminPassword : "",
    data_endpoint_host_names: dataHosts(registry),
  };
}

function requestOf(context: AzurermContext, planned: Attributes): RegistryRequest {
  const [rules] = blocks(planned, "network_rule_set");
  return {
    subscriptionId: context.subscriptionId,
    resourceGroup: text(planned, "resource_group_name"),
    name: text(planned, "name"),
    location: text(planned, "location"),
    sku: text(planned, "sku"),
    adminEnabled: flag(planned, "admin_enabled"),
    anonymousPullEnabled: flag(planned, "anonymous_pull_enabled"),
    publicNetworkAccess: flag(planned, "public_network_access_enabled"),
    hasNetworkRules: rules !== undefined,
    allow:
      rules?.default_action === "Deny" ? blocks(rules, "ip_rule").map((rule) => text(rule, "ip_range")) : undefined,
    dataEndpoints: flag(planned, "data_endpoint_enabled"),
    quarantine: flag(planned, "quarantine_policy_enabled"),
    // Of azurerm 5.
    repositoryPermissions: planned.role_assignment_mode === "AbacRepositoryPermissions",
    replicas: blocks(planned, "georeplications").map((replica) => text(replica, "location")),
    tags: textMap(planned, "tags"),
  };
}

/** The rules that the provider checks itself, before apply. */
function assertPlan(planned: Attributes): void {
  const name = optionalText(planned, "name");
  if (name !== undefined) assertName(name);
  const sku = optionalText(planned, "sku");
  if (sku === undefined || sku === "Premium") return;
  const wants: readonly (readonly [boolean, string])[] = [
    [blocks(planned, "georeplications").length > 0, `an ACR geo-replication ${ONLY_PREMIUM}`],
    [flag(planned, "quarantine_policy_enabled"), `an ACR quarantine policy ${ONLY_PREMIUM}`],
    [count(planned, "retention_policy_in_days", 0) > 0, `an ACR retention policy ${ONLY_PREMIUM}`],
    [flag(planned, "trust_policy_enabled"), `an ACR trust policy ${ONLY_PREMIUM}`],
    [!flag(planned, "export_policy_enabled"), "an ACR export policy can only be disabled when using the Premium Sku"],
    [blocks(planned, "encryption").length > 0, `an ACR encryption ${ONLY_PREMIUM}`],
    [flag(planned, "zone_redundancy_enabled"), `ACR zone redundancy ${ONLY_PREMIUM}`],
    [flag(planned, "data_endpoint_enabled"), `\`data_endpoint_enabled\` ${ONLY_PREMIUM}`],
    [
      sku === "Basic" && flag(planned, "anonymous_pull_enabled"),
      "`anonymous_pull_enabled` can only be applied when using the Standard/Premium Sku",
    ],
  ];
  const broken = wants.find(([wanted]) => wanted);
  if (broken) throw new CloudError(broken[1]);
}

function assertName(name: string): void {
  if (!/^[a-zA-Z0-9]+$/.test(name))
    throw new CloudError(`alpha numeric characters only are allowed in "name": "${name}"`);
  if (name.length < 5) throw new CloudError(`"name" cannot be less than 5 characters: "${name}"`);
  if (name.length > 50) throw new CloudError(`"name" cannot be longer than 50 characters: "${name}" ${name.length}`);
}
