import type { Aks, Azure } from "./environment";

/** Whether an AKS cluster lies in another tenant than the registry, where its key vault is too. */
export function isInOtherTenant(aks: Aks, { tenantId }: Azure): boolean {
  return aks.tenantId !== undefined && aks.tenantId !== tenantId;
}
