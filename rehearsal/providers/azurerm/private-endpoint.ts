import { groupId } from "../../clouds/arm-ids";
import { ENDPOINT_ADDRESS } from "../../clouds/registry-network";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { block, blocks, optionalText, text, texts } from "../values";
import { armResource } from "./arm-resource";
import type { AzurermContext } from "./context";

/** A way into a registry from a virtual network. */
export function privateEndpoint(context: AzurermContext): ResourceModel {
  const parentOf = (planned: Attributes) =>
    text(block(planned, "private_service_connection"), "private_connection_resource_id");
  const groupOf = (planned: Attributes) =>
    `${groupId(context.subscriptionId, text(planned, "resource_group_name"))}/providers/Microsoft.Network`;
  const endpointsOf = (attributes: Attributes) => context.arm.registries.get(parentOf(attributes))?.endpoints;
  const enter = (planned: Attributes, id: string) =>
    endpointsOf(planned)?.set(id, { hasZoneGroup: blocks(planned, "private_dns_zone_group").length > 0 });
  const own = armResource(context, {
    type: "azurerm_private_endpoint",
    parentOf,
    idOf: (planned) => `${groupOf(planned)}/privateEndpoints/${text(planned, "name")}`,
  });
  return {
    ...own,
    create: async (planned, config) => {
      const created = await own.create(planned, config);
      const id = text(created, "id");
      enter(planned, id);
      const name = `${text(planned, "name")}.nic.${context.arm.ids.uuid(`nic/${id}`)}`;
      return {
        ...created,
        custom_network_interface_name: optionalText(planned, "custom_network_interface_name") ?? "",
        network_interface: [{ id: `${groupOf(planned)}/networkInterfaces/${name}`, name }],
        private_service_connection: [{ private_ip_address: ENDPOINT_ADDRESS }],
        ...namesOf(planned, id),
      };
    },
    update: (prior, planned) => {
      const id = text(prior, "id");
      enter(planned, id);
      return namesOf(planned, id);
    },
    delete: async (state) => {
      await own.delete(state);
      endpointsOf(state)?.delete(text(state, "id"));
    },
  };
}

/** What private DNS zones have of it. */
function namesOf(planned: Attributes, id: string): Attributes {
  const groups = blocks(planned, "private_dns_zone_group").map((group) => ({
    id: `${id}/privateDnsZoneGroups/${text(group, "name")}`,
    zones: texts(group, "private_dns_zone_ids"),
  }));
  const configs = groups.flatMap((group) =>
    group.zones.map((zone) => {
      const name = zone.slice(zone.lastIndexOf("/") + 1);
      const fqdn = `registry.${name}`;
      const record = { fqdn, name: "registry", ttl: 10, type: "A", ip_addresses: [ENDPOINT_ADDRESS] };
      return {
        ...{ id: `${group.id}/privateDnsZoneConfigs/${name}`, name, private_dns_zone_id: zone },
        record_sets: [record],
      };
    }),
  );
  return { private_dns_zone_configs: configs, private_dns_zone_group: groups.map((group) => ({ id: group.id })) };
}
