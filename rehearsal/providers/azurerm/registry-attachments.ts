import { groupId, registryId } from "../../clouds/arm-ids";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { block, blocks, text } from "../values";
import { armResource } from "./arm-resource";
import type { AzurermContext } from "./context";

export function webhook(context: AzurermContext): ResourceModel {
  const parentOf = (planned: Attributes) =>
    registryId(context.subscriptionId, text(planned, "resource_group_name"), text(planned, "registry_name"));
  return armResource(context, {
    type: "azurerm_container_registry_webhook",
    parentOf,
    idOf: (planned) => `${parentOf(planned)}/webHooks/${text(planned, "name")}`,
  });
}

export function diagnosticSetting(context: AzurermContext): ResourceModel {
  const parentOf = (planned: Attributes) => text(planned, "target_resource_id");
  return armResource(context, {
    type: "azurerm_monitor_diagnostic_setting",
    parentOf,
    // As the provider writes it: https://registry.terraform.io/providers/hashicorp/azurerm/4.55.0/docs/resources/monitor_diagnostic_setting#import
    idOf: (planned) => `${parentOf(planned)}|${text(planned, "name")}`,
  });
}

export function privateEndpoint(context: AzurermContext): ResourceModel {
  const parentOf = (planned: Attributes) =>
    text(block(planned, "private_service_connection"), "private_connection_resource_id");
  const endpointsOf = (attributes: Attributes) => context.arm.registries.get(parentOf(attributes))?.endpoints;
  const enter = (planned: Attributes, id: string) =>
    endpointsOf(planned)?.set(id, { hasZoneGroup: blocks(planned, "private_dns_zone_group").length > 0 });
  const own = armResource(context, {
    type: "azurerm_private_endpoint",
    parentOf,
    idOf: (planned) =>
      `${groupId(context.subscriptionId, text(planned, "resource_group_name"))}/providers/Microsoft.Network/privateEndpoints/${text(planned, "name")}`,
  });
  return {
    ...own,
    create: async (planned, config) => {
      const created = await own.create(planned, config);
      enter(planned, text(created, "id"));
      return created;
    },
    update: (prior, planned) => {
      enter(planned, text(prior, "id"));
      return {};
    },
    delete: async (state) => {
      await own.delete(state);
      endpointsOf(state)?.delete(text(state, "id"));
    },
  };
}
