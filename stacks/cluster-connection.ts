import { DataAzurermKubernetesCluster } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { Aks, Cluster } from "../config";
import { assertNever } from "../config/never";
import { hasPassword } from "../config/passwords";
import { isInOtherTenant } from "../config/tenants";
import { literal } from "../constructs/literal";
import { addAzurermProvider, addKubernetesProvider, kubeloginEnvironment, type ProviderSettings } from "./providers";

/** Application that stands for AKS in Entra ID: https://azure.github.io/kubelogin/concepts/aks.html */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * Points the stack's kubernetes provider at the cluster, by kubeconfig context or by AKS cluster and kubelogin. Where the
 * cluster's password lies in a key vault, the stack has a provider that reads it.
 */
export function connectToCluster(scope: Construct, { connection, pull }: Cluster, environment: ProviderSettings): void {
  const readsVault = hasPassword(pull) && pull.delivery.kind === "keyVault";
  switch (connection.kind) {
    case "kubeconfig": {
      // Always a context: with a bad kubeconfig alone the provider only warns, and turns to localhost.
      const { path, context } = connection;
      addKubernetesProvider(scope, environment, { configPath: literal(path), configContext: literal(context) });
      if (readsVault) addAzurermProvider(scope, environment);
      return;
    }
    case "aks": {
      // The vault lies in the registry's tenant: in another, the stack's own provider is the one that reads it.
      const apart = readsVault && isInOtherTenant(connection, environment.azure);
      connectToAks(scope, connection, environment, apart ? "aks" : undefined);
      if (apart) addAzurermProvider(scope, environment);
      return;
    }
    default:
      assertNever(connection);
  }
}

/** @param alias Of the provider that looks the cluster up. @default - it is the stack's own */
function connectToAks(scope: Construct, aks: Aks, environment: ProviderSettings, alias: string | undefined): void {
  const { azure } = environment;
  const { tenantId = azure.tenantId, subscriptionId } = aks;
  const provider = addAzurermProvider(scope, environment, { tenantId, subscriptionId, alias });
  // This stack's state then holds the kubeconfig of the cluster; only host and CA are used.
  const found = new DataAzurermKubernetesCluster(scope, "cluster", {
    name: aks.name,
    resourceGroupName: aks.resourceGroup,
    provider: alias === undefined ? undefined : provider,
  });
  const access = found.kubeConfig.get(0);
  addKubernetesProvider(scope, environment, {
    host: access.host,
    clusterCaCertificate: Fn.base64decode(access.clusterCaCertificate),
    exec: [
      {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "kubelogin",
        args: [
          "get-token",
          ...["--login", aks.login],
          ...["--server-id", AKS_SERVER_ID],
          ...["--environment", kubeloginEnvironment(azure)],
          ...(tenantId === undefined ? [] : ["--tenant-id", tenantId]),
        ],
      },
    ],
  });
}
