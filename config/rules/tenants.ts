import { isInOtherTenant } from "../tenants";
import type { Aks, Cluster } from "../environment";
import type { Finding, Rule, RuleContext } from "./rule";

const nodesOfOtherTenant: Rule = {
  id: "nodes-of-another-tenant",
  about: "clusters.<key>.aks.tenantId",
  message:
    "must be azure.tenantId with pull.managedIdentity: an identity of another tenant can hold no role on the registry",
  check: (context) =>
    clustersOfOtherTenants(context, ({ pull }, _aks, at) =>
      pull.kind === "managedIdentity" ? [{ path: [...at, "tenantId"] }] : [],
    ),
};

const issuerOfOtherTenant: Rule = {
  id: "issuer-of-another-tenant",
  about: "clusters.<key>.pull.federated.issuer",
  message: "is required with an aks.tenantId other than azure.tenantId: the identity stack cannot look it up there",
  check: (context) =>
    clustersOfOtherTenants(context, ({ pull }, _aks, at) =>
      pull.kind === "federated" && pull.trust.kind === "lookedUp"
        ? [{ path: [...at.slice(0, -1), "pull", "federated", "issuer"] }]
        : [],
    ),
};

const subscriptionOfOtherTenant: Rule = {
  id: "subscription-of-another-tenant",
  about: "clusters.<key>.aks.subscriptionId",
  message: "is required in another tenant than azure.tenantId: a subscription belongs to one tenant",
  check: (context) =>
    clustersOfOtherTenants(context, (_cluster, { subscriptionId }, at) =>
      subscriptionId === undefined ? [{ path: [...at, "subscriptionId"] }] : [],
    ),
};

export const tenantRules = [nodesOfOtherTenant, issuerOfOtherTenant, subscriptionOfOtherTenant];

function clustersOfOtherTenants(
  { environment: { azure, clusters } }: RuleContext,
  check: (cluster: Cluster, aks: Aks, at: string[]) => Finding[],
): Finding[] {
  if (!azure) return [];
  return Object.entries(clusters).flatMap(([key, cluster]) => {
    const { connection } = cluster;
    if (connection.kind !== "aks" || !isInOtherTenant(connection, azure)) return [];
    return check(cluster, connection, ["clusters", key, "aks"]);
  });
}
