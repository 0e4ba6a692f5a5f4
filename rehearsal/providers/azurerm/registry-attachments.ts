import { registryId } from "../../clouds/arm-ids";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { text } from "../values";
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
