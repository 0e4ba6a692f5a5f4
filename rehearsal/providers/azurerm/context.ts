import type { Arm } from "../../clouds/arm";
import { httpError } from "../../clouds/http-error";

/** What the azurerm models share: ARM, and the provider's last configuration. */
export interface AzurermContext {
  readonly arm: Arm;
  /** Of the login. */
  tenantId: string;
  subscriptionId: string;
  /** `features.resource_group.prevent_deletion_if_contains_resources = false` */
  deletesGroupsWithContent: boolean;
}

/** @throws CloudError for an object of another tenant than the provider's login. */
export function assertTenant(context: AzurermContext, { tenantId }: { readonly tenantId: string }): void {
  if (tenantId === context.tenantId) return;
  throw httpError(
    401,
    "InvalidAuthenticationTokenTenant",
    `The access token is from the wrong issuer 'https://sts.windows.net/${context.tenantId}/'. It must match the tenant 'https://sts.windows.net/${tenantId}/'.`,
  );
}
