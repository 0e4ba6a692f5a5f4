import type { Arm } from "../../clouds/arm";

/** What the azurerm models share: ARM, and the provider's last configuration. */
export interface AzurermContext {
  readonly arm: Arm;
  subscriptionId: string;
  /** `features.resource_group.prevent_deletion_if_contains_resources = false` */
  deletesGroupsWithContent: boolean;
}
