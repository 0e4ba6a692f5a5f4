import type { Attributes, ResourceModel } from "../../sdk/model";
import { text } from "../values";
import { armResource } from "./arm-resource";
import type { AzurermContext } from "./context";

export function diagnosticSetting(context: AzurermContext): ResourceModel {
  const parentOf = (planned: Attributes) => text(planned, "target_resource_id");
  return armResource(context, {
    type: "azurerm_monitor_diagnostic_setting",
    parentOf,
    // As the provider writes it: https://registry.terraform.io/providers/hashicorp/azurerm/4.55.0/docs/resources/monitor_diagnostic_setting#import
    idOf: (planned) => `${parentOf(planned)}|${text(planned, "name")}`,
  });
}
