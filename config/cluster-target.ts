import type { Aks, Azure, Connection } from "./environment";
import { assertNever } from "./never";

/** The cluster, as a person would say it. */
export function targetOf(connection: Connection, azure: Azure | undefined): string {
  switch (connection.kind) {
    case "kubeconfig":
      return `context ${connection.context.text} of ${connection.path.text}`;
    case "aks":
      return `AKS cluster ${connection.resourceGroup}/${connection.name}${subscriptionOf(connection, azure)}`;
    default:
      return assertNever(connection);
  }
}

function subscriptionOf(aks: Aks, azure: Azure | undefined): string {
  const id = aks.subscriptionId ?? azure?.subscriptionId;
  return id === undefined ? "" : ` of subscription ${id}`;
}
